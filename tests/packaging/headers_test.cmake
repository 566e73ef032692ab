# Each public header compiles alone, and includes only the standard library and public headers. Run by CTest with INCLUDE, COMPILER, WORK.

file(GLOB headers ${INCLUDE}/lanewise/*.hpp)
if(NOT headers)
  message(FATAL_ERROR "no headers in ${INCLUDE}/lanewise")
endif()
file(MAKE_DIRECTORY ${WORK})
foreach(header ${headers})
  cmake_path(GET header FILENAME name)
  file(STRINGS ${header} lines REGEX "^ *# *include")
  foreach(line ${lines})
    # The standard library's headers have neither a slash nor a suffix.
    if(NOT line MATCHES "^ *# *include <(lanewise/[a-z_]+\\.hpp|[a-z_]+)>")
      message(SEND_ERROR "${name} includes what users need not have: ${line}")
    endif()
  endforeach()
  file(WRITE ${WORK}/${name}.cpp "#include <lanewise/${name}>\n#include <lanewise/${name}>\nint main() {}\n")
  execute_process(
    COMMAND ${COMPILER} -std=c++20 -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror -fsyntax-only -I${INCLUDE} ${WORK}/${name}.cpp
    RESULT_VARIABLE status ERROR_VARIABLE errors)
  if(NOT status EQUAL 0)
    message(SEND_ERROR "${name} does not compile alone:\n${errors}")
  endif()
endforeach()
