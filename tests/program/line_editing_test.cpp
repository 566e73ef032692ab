// The parts of the line editor that need no terminal: keys, history, places on the screen, completions.
#include <filesystem>
#include <fstream>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "program/completion.hpp"
#include "program/history_file.hpp"
#include "program/key_input.hpp"
#include "program/screen_text.hpp"
#include "program/utf8_text.hpp"

namespace lanewise::inline v0::program {
namespace {

using testing::ElementsAre;
using Kind = KeyInput::Key::Kind;

struct Keyboard {
  Keyboard() { EXPECT_EQ(pipe(ends), 0); }
  ~Keyboard() {
    close(ends[0]);
    if (ends[1] >= 0) close(ends[1]);
  }
  void type(std::string_view bytes) { EXPECT_EQ(write(ends[1], bytes.data(), bytes.size()), static_cast<ssize_t>(bytes.size())); }
  void hang_up() { close(std::exchange(ends[1], -1)); }
  int ends[2];
};

// Characters as they are, a paste in braces, other keys by a letter.
std::string all_keys(KeyInput& keys) {
  std::string text;
  for (;;) {
    const KeyInput::Key key = keys.next();
    switch (key.kind) {
      case Kind::character: text += to_utf8({&key.character, 1}); break;
      case Kind::paste: text += "{" + key.paste + "}"; break;
      case Kind::interrupt: text += "<I>"; break;
      case Kind::suspend: text += "<S>"; break;
      case Kind::resize: text += "<R>"; break;
      case Kind::end: return text;
    }
  }
}

TEST(KeyInput, CharactersAndPastes) {
  const struct {
    const char* typed;
    const char* keys;
  } rows[] = {
      {"1 + 1\r", "1 + 1\r"},
      {"\x1b[A\x1b", "\x1b[A\x1b"},
      {"a\x1b[200~x = 1\ry = 2\r\nz\x1b[201~b", "a{x = 1\ny = 2\nz}b"},
      {"\x1b[200~\tq\x03\x1b[31m\x7f\x1b[201~", "{    q[31m}"},
      {"\x1b[200~\x1b[201~!", "{}!"},
      {"\x1b[200~never ended", "{never ended}"},
      {"\x1b[20", "\x1b[20"},
      {"é漢\U0001F600", "é漢\U0001F600"},
      {"\xff\xc3(\xe2\x82", "\uFFFD\uFFFD(\uFFFD"},
      {"\xed\xa0\x80", "\uFFFD\uFFFD\uFFFD"},
  };
  for (const auto& row : rows) {
    Keyboard keyboard;
    KeyInput keys(keyboard.ends[0]);
    keyboard.type(row.typed);
    keyboard.hang_up();
    EXPECT_EQ(all_keys(keys), row.keys);
  }
}

TEST(ScreenText, Wrapped) {
  EXPECT_EQ(wrapped("a b\n\nc\n", 3), "a b\n\nc\n");
  EXPECT_EQ(wrapped("aa bb cc dd", 6), "aa bb\ncc dd\n");
  EXPECT_EQ(wrapped("  :x  says one two\n", 12), "  :x  says\n      one\n      two\n");
  EXPECT_EQ(wrapped("  aou uuuuuuuuuuuu b\n", 8), "  aou\n    uuuuuuuuuuuu\n    b\n");
}

TEST(ScreenText, ListsThatAreTooLong) {
  const std::vector<std::string> words = {"a1", "a2", "a3", "a4", "a5", "a6", "a7"};
  EXPECT_EQ(in_rows_and_columns(words, 4, 7), "a1  a5\na2  a6\na3  a7\na4\n");
  EXPECT_EQ(in_rows_and_columns(words, 3, 7), "a1  a3\na2  a4\nand 3 more\n");
}

TEST(KeyInput, IsWoken) {
  Keyboard keyboard;
  KeyInput keys(keyboard.ends[0]);
  keys.interrupt();
  EXPECT_EQ(keys.next().kind, Kind::interrupt);
  keys.suspend();
  EXPECT_EQ(keys.next().kind, Kind::suspend);
  keys.resize();
  EXPECT_EQ(keys.next().kind, Kind::resize);
  keyboard.hang_up();
  EXPECT_EQ(keys.next().kind, Kind::end);
}

TEST(Utf8Text, ThereAndBack) {
  for (const char* text : {"", "abc", "é∑", "漢字 \U0001F600"}) EXPECT_EQ(to_utf8(to_wide(text)), text);
  EXPECT_EQ(to_wide("a\x80"), L"a\xFFFD");
}

class HistoryTest : public testing::Test {
 protected:
  void SetUp() override {
    folder = std::filesystem::temp_directory_path() / ("lanewise-history-" + std::to_string(getpid()));
    std::filesystem::remove_all(folder);
    path = folder / "state" / "history";
  }
  void TearDown() override { std::filesystem::remove_all(folder); }
  std::string content() const {
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
  }
  std::filesystem::path folder;
  std::string path;
};

TEST_F(HistoryTest, KeepsEntries) {
  const HistoryFile history(path);
  EXPECT_TRUE(history.read().empty());
  history.append("x = 1");
  history.append("(1 +\n \\n)");
  EXPECT_THAT(history.read(), ElementsAre("x = 1", "(1 +\n \\n)"));
  EXPECT_EQ(content(), "x = 1\n(1 +\\n \\\\n)\n");
  struct stat status {};
  ASSERT_EQ(stat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
}

TEST_F(HistoryTest, IsShortened) {
  const HistoryFile history(path, 3);
  for (const char* entry : {"1", "2", "3", "4", "5"}) history.append(entry);
  EXPECT_THAT(history.read(), ElementsAre("3", "4", "5"));
  EXPECT_EQ(content(), "3\n4\n5\n");
}

TEST_F(HistoryTest, WhatCannotBeWrittenIsNoError) {
  for (const char* place : {"", "/dev/null", "/proc/lanewise/history"}) {
    const HistoryFile history(place);
    history.append("1");
    EXPECT_TRUE(history.read().empty()) << place;
  }
  std::filesystem::create_directories(path);  // a folder in place of the file
  HistoryFile(path).append("1");
  EXPECT_TRUE(HistoryFile(path).read().empty());
}

TEST(ScreenText, PlaceAfter) {
  const struct {
    std::wstring text;
    ScreenPlace place;
  } rows[] = {
      {L"", {0, 2}},           {L"1234567", {0, 9}},  {L"12345678", {1, 0}}, {L"123456789", {1, 1}},
      {L"a\nb", {1, 1}},       {L"\x01", {0, 4}},     {std::wstring(28, L'x'), {3, 0}},
  };
  for (const auto& row : rows) EXPECT_EQ(place_after(row.text, {0, 2}, 10), row.place) << to_utf8(row.text);
}

TEST(ScreenText, InColumns) {
  const std::vector<std::string> words = {"a", "bb", "ccc", "d", "e"};
  EXPECT_EQ(in_columns(words, 80), "a    bb   ccc  d    e\n");
  EXPECT_EQ(in_columns(words, 10), "a    d\nbb   e\nccc\n");
  EXPECT_EQ(in_columns(words, 1), "a\nbb\nccc\nd\ne\n");
  EXPECT_EQ(in_columns({}, 80), "");
}

TEST(Completion, CommonBeginning) {
  EXPECT_EQ(common_beginning({"arcsin", "arccos"}), "arc");
  EXPECT_EQ(common_beginning({"sin", "sinh"}), "sin");
  EXPECT_EQ(common_beginning({"é", "è"}), "");
  EXPECT_EQ(common_beginning({"a", "b"}), "");
  EXPECT_EQ(common_beginning({}), "");
}

TEST(Completion, WhereFileNamesStand) {
  const struct {
    std::string text;  // the cursor is at its end
    std::size_t begin;
  } rows[] = {
      {"x = load(\"da", 10}, {"load('", 6}, {"save(x, \"r", 9}, {"load(\"a\") + sin(\"b", std::string::npos}, {"load(x", std::string::npos},
      {"\"a", std::string::npos}, {"# load(\"a", std::string::npos}, {"reload(\"a", std::string::npos}, {"load((1), \"b", 11},
  };
  for (const auto& row : rows) EXPECT_EQ(file_name_begin(row.text, row.text.size()), row.begin) << row.text;
}

TEST_F(HistoryTest, CompletesFiles) {
  std::filesystem::create_directories(folder / "data");
  for (const char* name : {"dates.npy", "date s.csv", ".dark"}) std::ofstream(folder / name) << "";
  const std::string prefix = folder.string() + "/";
  const auto words = [&](const std::string& typed) { return complete_file(typed, 0, typed.size()).words; };
  EXPECT_THAT(words(prefix + "da"), ElementsAre(prefix + "data/", prefix + "date s.csv", prefix + "dates.npy"));
  EXPECT_THAT(words(prefix + "."), ElementsAre(prefix + ".dark"));
  EXPECT_THAT(words(prefix + "x"), ElementsAre());
  EXPECT_THAT(words("/nowhere/at/all/"), ElementsAre());
}

}  // namespace
}  // namespace lanewise::inline v0::program
