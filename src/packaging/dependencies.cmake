# Finds what lanewise is built with. Where anything is missing, configuring stops with one command a system that installs all of it.
#
# In: the LANEWISE_BUILD_ options. Out: the imported targets of every enabled part; tests and benches are asked for only when they are on.
# SLEEF and MPFR have no package file for CMake everywhere, so they are found by pkg-config alone.

set(lanewise_parts toolchain library)
foreach(part PROGRAM TESTS BENCH)
  if(LANEWISE_BUILD_${part})
    string(TOLOWER ${part} part)
    list(APPEND lanewise_parts ${part})
  endif()
endforeach()

set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${CMAKE_CURRENT_LIST_DIR}/dependencies.txt)
file(STRINGS ${CMAKE_CURRENT_LIST_DIR}/dependencies.txt lanewise_dependency_rows REGEX "^[a-z]")

set(lanewise_missing "")
foreach(system debian fedora homebrew)
  set(lanewise_${system}_packages "")
endforeach()
foreach(row ${lanewise_dependency_rows})
  string(REGEX REPLACE " +" ";" row ${row})
  list(POP_FRONT row part name debian fedora homebrew)
  if(NOT part IN_LIST lanewise_parts)
    continue()
  endif()
  foreach(system debian fedora homebrew)
    if(NOT ${system} STREQUAL "-")
      list(APPEND lanewise_${system}_packages ${${system}})
    endif()
  endforeach()
  if(name MATCHES "^(sleef|mpfr)$")
    if(PkgConfig_FOUND)
      pkg_check_modules(${name} QUIET IMPORTED_TARGET ${name})
    endif()
  elseif(name STREQUAL "Python3")
    find_package(Python3 QUIET COMPONENTS Interpreter)
  elseif(NOT part STREQUAL "toolchain" AND NOT name MATCHES "^(ccache|venv)$")
    find_package(${name} QUIET)
  else()
    continue()
  endif()
  if(NOT ${name}_FOUND)
    list(APPEND lanewise_missing ${name})
  endif()
endforeach()

if(lanewise_missing)
  list(REMOVE_DUPLICATES lanewise_missing)
  list(JOIN lanewise_missing ", " lanewise_missing)
  foreach(system debian fedora homebrew)
    list(REMOVE_DUPLICATES lanewise_${system}_packages)
    list(JOIN lanewise_${system}_packages " " lanewise_${system}_packages)
  endforeach()
  message(FATAL_ERROR "lanewise does not find: ${lanewise_missing}. The line that installs all it needs:\n"
    "  Debian, Ubuntu:  apt-get install -y ${lanewise_debian_packages}\n"
    "  Fedora:          dnf install -y ${lanewise_fedora_packages}\n"
    "  Homebrew:        brew install ${lanewise_homebrew_packages}\n")
endif()
