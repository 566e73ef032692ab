# Runs the example that embeds a calculator, and checks that README.md shows it. Run by CTest: cmake -D… -P embedding_test.cmake
#
# In: PROGRAM, SOURCE (of the program), README, WORK (a folder of the test's own).
file(WRITE ${WORK}/embedding_input.txt
  "index = bmi(weight, height)\nmean(index)\nheight = 2\nsum(arange(1e6)*0) + max(index) > 25\nload('/etc/passwd')\narange(1e12) + 0\n")
execute_process(COMMAND ${PROGRAM} INPUT_FILE ${WORK}/embedding_input.txt OUTPUT_VARIABLE output COMMAND_ERROR_IS_FATAL ANY)
set(expected "24.6517754281096[0-9]*
error E211: 'height' belongs to the host and may only be read; bind another name
  height = 2
  \\^+
True
error E706: this session may not read files
  load\\('/etc/passwd'\\)
       \\^+
error E406: this needs 8000 GB of memory; it may use 99 MB
the first index is 22.1003
")
if(NOT output MATCHES "^${expected}$")
  message(FATAL_ERROR "the example printed:\n${output}")
endif()

file(READ ${SOURCE} source)
file(READ ${README} readme)
string(FIND "${readme}" "${source}" place)
if(place EQUAL -1)
  message(FATAL_ERROR "${README} does not show ${SOURCE} as it is")
endif()
string(REGEX MATCHALL "\n" lines "${source}")
list(LENGTH lines line_count)
if(line_count GREATER 40)
  message(FATAL_ERROR "${SOURCE} has ${line_count} lines, more than 40")
endif()
