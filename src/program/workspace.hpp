#pragma once
// What statements and commands work on: a session, what the command line wished, and where answers go.
//
// Values go to standard output, reports and times to standard error; as JSON all to standard output. The statements that bound names are kept, so that they
// can be saved as a script.

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <lanewise/calculator.hpp>

#include "program/command_line.hpp"
#include "program/failure.hpp"
#include "program/interrupt.hpp"
#include "program/progress_line.hpp"

namespace lanewise::inline v0::program {

class Workspace {
 public:
  /// `may_use_files`: texts may call load and save, and commands name files.
  Workspace(const Request& request, Interrupts& interrupts, bool may_use_files);

  /// Runs the statements of a text and shows their answers, and why one failed. Returns whether all were done. Throws OutputFailed. Where the request
  /// asks for a stage, shows that of a text that does not begin by binding a name.
  bool run(std::string_view text);
  /// Shows the stage of the text that the request asks for. Returns whether there is one.
  bool show_stage(std::string_view text);

  /// Runs `work` on the session, with what a run is given: the stop token of Ctrl-C, threads, time and a line of progress.
  template <class Work>
  Reply with_session(Work work) {
    const Running running(*this);
    return work(calculator_, running.stop(), running.options());
  }

  void show(const Answer& answer);
  void show_time(const Answer& answer) const;
  /// `quoted` is the text in which the diagnostic's offset counts where that is not a statement, but an argument; else empty.
  void show_failure(const Diagnostic& diagnostic, std::string_view quoted = {});
  /// Writes the text of a command or a stage: as it is, or as {"stage": "tree", "text": "..."}.
  void show_text(std::string_view name, std::string_view text);

  /// Where a script is, for reports: "script.lw:3: "; as JSON "file" and "line".
  struct Place {
    std::string file;  ///< empty: nowhere
    std::size_t line = 0;
  };
  void set_place(Place place) { place_ = std::move(place); }
  const Place& place() const noexcept { return place_; }

  /// Forgets all names, and the statements that bound them.
  void reset();
  /// Forgets a name, in saved scripts too. Returns whether there was one.
  bool erase(std::string_view name);
  /// Returns a script that binds the session's names again: the statements that bound them; with those whose results they refer to, if they do.
  std::string script() const;

  Calculator& calculator() noexcept { return calculator_; }
  const Request& request() const noexcept { return request_; }
  std::size_t max_threads() const noexcept { return max_threads_; }
  void set_max_threads(std::size_t count) noexcept { max_threads_ = count; }
  RunOptions run_options() const;
  bool may_use_files() const noexcept { return may_use_files_; }

  /// Remembers the statement of an answer, which was done in `text`.
  void keep(const Answer& answer, std::string_view text);
  /// Remembers a statement that binds a name.
  void keep(std::string statement) { kept_.push_back({std::move(statement), true}); }

  /// Counts scripts that run one another, for as long as one runs.
  class Nesting {
   public:
    explicit Nesting(Workspace& workspace) : depth_(++workspace.script_depth_), workspace_(workspace) {}
    ~Nesting() { --workspace_.script_depth_; }
    Nesting(const Nesting&) = delete;
    Nesting& operator=(const Nesting&) = delete;
    std::size_t depth() const noexcept { return depth_; }

   private:
    std::size_t depth_;
    Workspace& workspace_;
  };

  /// That of the first failure.
  ExitStatus status() const noexcept { return status_; }
  void set_status(ExitStatus status) noexcept { status_ = status; }

 private:
  // Holds what a run needs for as long as it takes.
  class Running {
   public:
    explicit Running(Workspace& workspace);
    Running(const Running&) = delete;
    Running& operator=(const Running&) = delete;
    std::stop_token stop() const { return evaluation_.stop(); }
    const RunOptions& options() const { return options_; }

   private:
    ProgressLine progress_;
    Interrupts::Evaluation evaluation_;
    RunOptions options_;
  };

  struct KeptStatement {
    std::string text;
    bool binds;
  };
  Diagnostic of_program(Diagnostic diagnostic) const;
  bool refers_to_results(std::string_view statement) const;

  const Request& request_;
  Interrupts& interrupts_;
  bool may_use_files_;
  bool use_colours_;  // on standard error
  std::size_t max_threads_;
  Calculator calculator_;
  std::vector<KeptStatement> kept_;
  Place place_;
  std::size_t script_depth_ = 0;
  ExitStatus status_ = ExitStatus::done;
};

/// Returns the text as a JSON string with its quotation marks. Bytes that are not UTF-8 become U+FFFD.
std::string json_string(std::string_view text);

}  // namespace lanewise::inline v0::program
