// libedit calls back: for keys, for the prompt, and for the keys that are bound here. It is told of a pasted text, of Ctrl-C and of a new size by characters
// of its own, each bound to a function, as only those may change the line.
#include "program/line_editor.hpp"

#include <algorithm>
#include <clocale>
#include <cstdio>
#include <cstring>
#include <new>
#include <utility>

#include <histedit.h>
#include <langinfo.h>
#include <termios.h>
#include <unistd.h>

#include "program/history_file.hpp"
#include "program/interrupt.hpp"
#include "program/key_input.hpp"
#include "program/screen_text.hpp"
#include "program/utf8_text.hpp"

namespace lanewise::inline v0::program {
namespace {

constexpr wchar_t drop_character = 0x03;  // Ctrl-C
constexpr wchar_t suspend_character = 0x1A;  // Ctrl-Z
constexpr wchar_t paste_character = 0x1E;  // no key of a usual keyboard
constexpr int history_length = 10'000;

constexpr const wchar_t* first_prompt = L"> ";
constexpr const wchar_t* next_prompt = L". ";
constexpr std::size_t prompt_width = 2;
constexpr const wchar_t* coloured_first_prompt = L"\1\x1b[1;36m\1>\1\x1b[0m\1 ";  // \1 around what takes no room
constexpr const wchar_t* coloured_next_prompt = L"\1\x1b[36m\1.\1\x1b[0m\1 ";
constexpr wchar_t prompt_escape = L'\1';

// Widths of characters, and which are printed, depend on LC_CTYPE; a locale of ASCII would turn what is not into question marks.
void use_utf8() {
  std::setlocale(LC_CTYPE, "");
  if (std::strcmp(nl_langinfo(CODESET), "UTF-8") != 0) std::setlocale(LC_CTYPE, "C.UTF-8");
}

void write_terminal(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stdout);
  std::fflush(stdout);
}

std::string without_escapes(const wchar_t* prompt) {
  std::string text;
  for (const wchar_t* c = prompt; *c != 0; ++c) {
    if (*c != prompt_escape) text += static_cast<char>(*c);
  }
  return text;
}

}  // namespace

struct LineEditor::State {
  State(EditorServices given, const EditorOptions& options);
  ~State();

  Reading read();
  Reading read_line(const wchar_t* prompt);
  void remember(const std::string& text);
  void ignore_unused_keys();
  void set_modes();
  void restore_modes() const { tcsetattr(STDIN_FILENO, TCSADRAIN, &found_modes); }
  void bind_keys();
  void bind(const wchar_t* key, const wchar_t* function);
  void show_accepted(const wchar_t* prompt, std::wstring_view typed, std::string_view accepted);

  static State& of(EditLine* line);
  static wchar_t* prompt_text(EditLine* line) { return const_cast<wchar_t*>(of(line).prompt); }
  static int next_key(EditLine* line, wchar_t* character);
  static unsigned char drop(EditLine* line, wint_t);
  static unsigned char suspend(EditLine* line, wint_t);
  static unsigned char insert_paste(EditLine* line, wint_t);
  static unsigned char complete(EditLine* line, wint_t);
  void after_resize();
  void go_below();
  ScreenPlace place_of(std::wstring_view typed) const;
  void show_list(const Choices& completions);

  EditorServices services;
  HistoryFile history_file;
  bool is_plain;     // no codes but those that libedit finds in the terminal's description
  bool use_colours;
  KeyInput keys{STDIN_FILENO};
  termios found_modes{};
  HistoryW* history = nullptr;
  EditLine* editor = nullptr;
  const wchar_t* prompt = first_prompt;
  std::string last_entry;
  std::string pasted;     // by the last key
  std::string block;      // of several lines, with what had been typed around it
  bool is_dropped = false;
};

LineEditor::State& LineEditor::State::of(EditLine* line) {
  void* state = nullptr;
  el_wget(line, EL_CLIENTDATA, &state);
  return *static_cast<State*>(state);
}

LineEditor::State::State(EditorServices given, const EditorOptions& options)
    : services(std::move(given)), history_file(options.history_path), is_plain(is_plain_terminal()), use_colours(options.use_colours) {
  use_utf8();
  tcgetattr(STDIN_FILENO, &found_modes);
  editor = el_init("lanewise", stdin, stdout, stderr);
  history = history_winit();
  if (editor == nullptr || history == nullptr) throw std::bad_alloc();
  HistEventW event;
  history_w(history, &event, H_SETSIZE, history_length);
  history_w(history, &event, H_SETUNIQUE, 1);
  for (const std::string& entry : history_file.read()) {
    history_w(history, &event, H_ENTER, to_wide(entry).c_str());
    last_entry = entry;
  }
  el_wset(editor, EL_CLIENTDATA, this);
  el_wset(editor, EL_EDITOR, L"emacs");
  el_wset(editor, EL_HIST, history_w, history);
  el_wset(editor, EL_PROMPT_ESC, &prompt_text, prompt_escape);
  el_wset(editor, EL_GETCFN, &next_key);
  ignore_unused_keys();
  el_source(editor, nullptr);  // the user's ~/.editrc
  set_modes();
  bind_keys();
}

LineEditor::State::~State() {
  if (editor != nullptr) el_end(editor);
  if (history != nullptr) history_wend(history);
}

void LineEditor::State::bind(const wchar_t* key, const wchar_t* function) {
  el_wset(editor, EL_BIND, key, function, nullptr);
  el_wset(editor, EL_BIND, L"-a", key, function, nullptr);  // of vi's second map, for those who chose vi
}

// Keys of terminals like xterm that mean nothing here, lest the end of their codes be taken as text: ESC [ number ~ and ESC [ letter, plain and with
// the modifiers 2 to 16 (Shift, Alt, Ctrl and their sums), and ESC O letter.
void LineEditor::State::ignore_unused_keys() {
  const auto ignore = [&](const std::wstring& key) { el_wset(editor, EL_BIND, key.c_str(), L"ed-ignore", nullptr); };
  constexpr int most_modifiers = 16;
  for (const wchar_t letter : std::wstring_view(L"ABCDEFGHIPQRSZ")) {
    ignore(std::wstring(L"\\e[") + letter);
    ignore(std::wstring(L"\\eO") + letter);
    for (int modifiers = 2; modifiers <= most_modifiers; ++modifiers) ignore(L"\\e[1;" + std::to_wstring(modifiers) + letter);
  }
  for (int number = 1; number <= 34; ++number) {
    ignore(L"\\e[" + std::to_wstring(number) + L'~');
    for (int modifiers = 2; modifiers <= most_modifiers; ++modifiers) {
      ignore(L"\\e[" + std::to_wstring(number) + L';' + std::to_wstring(modifiers) + L'~');
    }
  }
}

// libedit's modes for editing (-d): the terminal sends no signals for Ctrl-C, Ctrl-Z and Ctrl-\\, so these are keys, and Ctrl-S and Ctrl-Q do not hold
// the output: at once, and when libedit looks at its modes anew. And for what comes between (-x).
void LineEditor::State::set_modes() {
  el_wset(editor, EL_SETTY, L"-d", L"intr=", L"susp=", L"quit=", L"-intr", L"-susp", L"-quit", L"-ixon", nullptr);
  el_wset(editor, EL_SETTY, L"-x", L"-icanon", L"-echo", nullptr);
}

void LineEditor::State::bind_keys() {
  el_wset(editor, EL_ADDFN, L"lanewise-drop", L"Drop the line", &drop);
  el_wset(editor, EL_ADDFN, L"lanewise-suspend", L"Stop the program", &suspend);
  el_wset(editor, EL_ADDFN, L"lanewise-paste", L"Take a pasted text", &insert_paste);
  el_wset(editor, EL_ADDFN, L"lanewise-complete", L"Complete the word", &complete);
  bind(L"^C", L"lanewise-drop");
  bind(L"^Z", L"lanewise-suspend");
  bind(L"^^", L"lanewise-paste");
  bind(L"^I", L"lanewise-complete");
  constexpr const wchar_t* usual_keys[][2] = {
      {L"^R", L"em-inc-search-prev"},  {L"^S", L"em-inc-search-next"},   {L"^W", L"ed-delete-prev-word"},
      {L"\\e[A", L"ed-prev-history"},  {L"\\e[B", L"ed-next-history"},   {L"\\e[C", L"ed-next-char"},      {L"\\e[D", L"ed-prev-char"},
      {L"\\eOA", L"ed-prev-history"},  {L"\\eOB", L"ed-next-history"},   {L"\\eOC", L"ed-next-char"},      {L"\\eOD", L"ed-prev-char"},
      {L"\\e[H", L"ed-move-to-beg"},   {L"\\e[F", L"ed-move-to-end"},    {L"\\e[1~", L"ed-move-to-beg"},   {L"\\e[4~", L"ed-move-to-end"},
      {L"\\eOH", L"ed-move-to-beg"},   {L"\\eOF", L"ed-move-to-end"},    {L"\\e[3~", L"ed-delete-next-char"},
      {L"\\e[1;3C", L"em-next-word"},  {L"\\e[1;3D", L"ed-prev-word"},
      {L"\\e[1;5C", L"em-next-word"},  {L"\\e[1;5D", L"ed-prev-word"},
  };
  const wchar_t* mode = nullptr;
  el_wget(editor, EL_EDITOR, &mode);
  if (mode == nullptr || std::wcscmp(mode, L"emacs") != 0) return;
  for (const auto& [key, function] : usual_keys) el_wset(editor, EL_BIND, key, function, nullptr);
}

LineEditor::Reading LineEditor::State::read() {
  std::string text;
  for (bool is_first = true;; is_first = false) {
    Reading line = read_line(is_first ? (use_colours ? coloured_first_prompt : first_prompt)
                                      : (use_colours ? coloured_next_prompt : next_prompt));
    if (line.kind == Reading::Kind::end && !is_first) return {Reading::Kind::dropped};
    if (line.kind != Reading::Kind::text) return line;
    text += line.text;
    if (!services.is_unfinished(text)) break;
    text += '\n';
  }
  remember(text);
  return {Reading::Kind::text, std::move(text)};
}

LineEditor::Reading LineEditor::State::read_line(const wchar_t* shown_prompt) {
  prompt = shown_prompt;
  is_dropped = false;
  block.clear();
  el_wset(editor, EL_PREP_TERM, 1);  // before the prompt shows, lest the terminal echo what is typed at once
  if (!is_plain) write_terminal("\x1b[?2004h");
  int count = 0;
  const wchar_t* const typed = el_wgets(editor, &count);
  if (!is_plain) write_terminal("\x1b[?2004l");
  if (is_dropped) return {Reading::Kind::dropped};
  if (block.empty() && (typed == nullptr || count <= 0)) {
    write_terminal("\n");
    return {Reading::Kind::end};
  }
  std::wstring_view line = typed == nullptr ? std::wstring_view() : std::wstring_view(typed, static_cast<std::size_t>(count));
  if (line.ends_with(L'\n')) line.remove_suffix(1);
  std::string accepted = block.empty() ? to_utf8(line) : std::move(block);
  show_accepted(shown_prompt, line, accepted);
  return {Reading::Kind::text, std::move(accepted)};
}

void LineEditor::State::remember(const std::string& text) {
  if (text.find_first_not_of(" \t\n") == std::string::npos || text == last_entry) return;
  last_entry = text;
  HistEventW event;
  history_w(history, &event, H_ENTER, to_wide(text).c_str());
  history_file.append(text);
}

ScreenPlace LineEditor::State::place_of(std::wstring_view typed) const {
  return place_after(typed, {0, prompt_width}, screen_size(STDOUT_FILENO).column_count);
}

// libedit has left the cursor at the beginning of the row below the line. A line that has scrolled off stays as it is.
void LineEditor::State::show_accepted(const wchar_t* shown_prompt, std::wstring_view typed, std::string_view accepted) {
  const std::size_t row_count = place_of(typed).row + 1;
  const bool is_block = accepted.find('\n') != std::string_view::npos && typed.find(L'\n') == std::wstring_view::npos;
  if (is_plain || !(use_colours || is_block) || row_count >= screen_size(STDOUT_FILENO).row_count) return;
  std::string text = "\x1b[" + std::to_string(row_count) + "A\x1b[J" + without_escapes(shown_prompt);
  const std::string following = is_block ? without_escapes(use_colours ? coloured_next_prompt : next_prompt) : "";
  for (const char c : services.highlight(accepted)) {
    text += c;
    if (c == '\n') text += following;
  }
  write_terminal(text + '\n');
}

int LineEditor::State::next_key(EditLine* line, wchar_t* character) {
  State& state = of(line);
  for (;;) {
    KeyInput::Key key = state.keys.next();
    switch (key.kind) {
      case KeyInput::Key::Kind::end: return 0;
      case KeyInput::Key::Kind::resize: state.after_resize(); continue;
      case KeyInput::Key::Kind::interrupt: *character = drop_character; return 1;
      case KeyInput::Key::Kind::suspend: *character = suspend_character; return 1;
      case KeyInput::Key::Kind::character: *character = key.character; return 1;
      case KeyInput::Key::Kind::paste:
        state.pasted = std::move(key.paste);
        *character = paste_character;
        return 1;
    }
  }
}

// Terminals that wrap lines anew move them; the row of the cursor is found by the new width.
void LineEditor::State::after_resize() {
  const LineInfoW* const line = el_wline(editor);
  const std::size_t row = place_of({line->buffer, static_cast<std::size_t>(line->cursor - line->buffer)}).row;
  el_resize(editor);
  if (!is_plain) write_terminal((row > 0 ? "\x1b[" + std::to_string(row) + "A" : "") + "\r\x1b[J");
  el_wset(editor, EL_REFRESH);
}

// What libedit does for its own key of the end of a line, and not for others'.
void LineEditor::State::go_below() {
  const LineInfoW* const line = el_wline(editor);
  const std::wstring_view whole(line->buffer, static_cast<std::size_t>(line->lastchar - line->buffer));
  const std::size_t cursor_row = place_of(whole.substr(0, static_cast<std::size_t>(line->cursor - line->buffer))).row;
  write_terminal(std::string(place_of(whole).row - cursor_row + 1, '\n'));
}

unsigned char LineEditor::State::drop(EditLine* line, wint_t) {
  of(line).is_dropped = true;
  of(line).go_below();
  return CC_NEWLINE;
}

unsigned char LineEditor::State::suspend(EditLine* line, wint_t) {
  State& state = of(line);
  write_terminal(state.is_plain ? "\n" : "\x1b[?2004l\n");
  el_wset(line, EL_PREP_TERM, 0);
  state.restore_modes();
  stop_program();
  el_wset(line, EL_PREP_TERM, 1);
  if (!state.is_plain) write_terminal("\x1b[?2004h");
  el_wset(line, EL_REFRESH);
  return CC_NORM;
}

// A text of one line goes into the line, one of several ends it.
unsigned char LineEditor::State::insert_paste(EditLine* line, wint_t) {
  State& state = of(line);
  std::string text = std::exchange(state.pasted, {});
  while (text.ends_with('\n')) text.pop_back();
  if (text.find('\n') == std::string::npos) {
    if (!text.empty()) el_winsertstr(line, to_wide(text).c_str());
    return CC_REFRESH;
  }
  const LineInfoW* const info = el_wline(line);
  const auto part = [](const wchar_t* begin, const wchar_t* end) { return to_utf8({begin, static_cast<std::size_t>(end - begin)}); };
  state.block = part(info->buffer, info->cursor) + text + part(info->cursor, info->lastchar);
  state.go_below();
  return CC_NEWLINE;
}

unsigned char LineEditor::State::complete(EditLine* line, wint_t) {
  State& state = of(line);
  const LineInfoW* const info = el_wline(line);
  const std::string before = to_utf8({info->buffer, static_cast<std::size_t>(info->cursor - info->buffer)});
  const std::string after = to_utf8({info->cursor, static_cast<std::size_t>(info->lastchar - info->cursor)});
  if (before.find_first_not_of(" \t") == std::string::npos) {  // nothing to complete: a person indents
    el_winsertstr(line, L"    ");
    return CC_REFRESH;
  }
  const Choices found = state.services.complete(before + after, before.size());
  if (found.words.empty()) return CC_ERROR;
  const std::wstring typed = to_wide(std::string_view(before).substr(found.begin));
  const std::wstring common = to_wide(common_beginning(found.words));
  if (common == typed && found.words.size() > 1) {
    state.show_list(found);
    return CC_NORM;
  }
  el_wdeletestr(line, static_cast<int>(typed.size()));
  el_winsertstr(line, common.c_str());
  return CC_REFRESH;
}

void LineEditor::State::show_list(const Choices& completions) {
  go_below();
  const ScreenSize size = screen_size(STDOUT_FILENO);
  write_terminal(in_rows_and_columns(completions.words, std::max<std::size_t>(size.row_count, 4) - 2, size.column_count));
  el_wset(editor, EL_REFRESH);
}

LineEditor::LineEditor(EditorServices services, const EditorOptions& options)
    : state_(std::make_unique<State>(std::move(services), options)) {}
LineEditor::~LineEditor() = default;
LineEditor::Reading LineEditor::read() { return state_->read(); }
void LineEditor::interrupt() noexcept { state_->keys.interrupt(); }
void LineEditor::suspend() noexcept { state_->keys.suspend(); }
void LineEditor::resize() noexcept { state_->keys.resize(); }
void LineEditor::leave() noexcept { state_->keys.end(); }
void LineEditor::restore_terminal() noexcept { state_->restore_modes(); }

}  // namespace lanewise::inline v0::program
