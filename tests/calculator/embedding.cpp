// A program whose users type formulas: it lends its data, allows no files, and survives whatever is typed.
#include <lanewise/calculator.hpp>

#include <chrono>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

int main() {
  std::vector<double> height = {1.62, 1.75, 1.81}, weight = {58.0, 70.0, 95.0}, index(3);

  lanewise::CalculatorOptions options{.memory_bytes = 100'000'000};
  options.functions.add("bmi", [](double kilograms, double metres) { return kilograms / (metres * metres); });
  lanewise::Calculator calculator(std::move(options));
  calculator.bind("height", height);           // read where they are
  calculator.bind("weight", weight);
  calculator.bind_writable("index", index);    // written by `index = ...`

  for (std::string line; std::getline(std::cin, line);) {
    const lanewise::Reply reply = calculator.run(line, {}, {.time_limit = std::chrono::seconds(10)});
    for (const lanewise::Answer& answer : reply.answers) {
      if (answer.kind() == lanewise::Answer::Kind::value) std::cout << answer.text() << '\n';
    }
    if (reply.diagnostic) std::cout << reply.diagnostic->report << '\n';
  }
  std::cout << "the first index is " << index[0] << '\n';
}
