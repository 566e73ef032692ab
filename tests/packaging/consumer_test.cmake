# Builds and runs the outside project of tests/consumer/. Run by CTest: cmake -D… -P consumer_test.cmake
#
# In: MODE (shared, static: installed into a prefix that is then moved; subdirectory: its sources inside the consumer's build), SOURCE, WORK
#     (a folder of the test's own), COMPILER, FLAGS, BUILD_TYPE, LAUNCHER (may be empty), WARNINGS_AS_ERRORS.
# The library is built anew, as a packager would build it; with ccache its objects come from the build that the tests belong to, for which
# every flag must be the same, those for warnings too.

function(run)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(NOT status EQUAL 0)
    list(JOIN ARGN " " command)
    message(FATAL_ERROR "${command}\nended with ${status}:\n${output}")
  endif()
  set(output "${output}" PARENT_SCOPE)
endfunction()

# Of the consumer's messages, the report of an error shows that exceptions cross the library's boundary.
function(run_consumer program)
  run(${program})
  if(NOT output MATCHES "error E201: .*coss")
    message(FATAL_ERROR "the consumer printed:\n${output}")
  endif()
endfunction()

set(toolchain -G Ninja -DCMAKE_CXX_COMPILER=${COMPILER} "-DCMAKE_CXX_FLAGS=${FLAGS}" -DCMAKE_BUILD_TYPE=${BUILD_TYPE}
  -DCMAKE_CXX_COMPILER_LAUNCHER=${LAUNCHER} -DLANEWISE_WARNINGS_AS_ERRORS=${WARNINGS_AS_ERRORS})
file(REMOVE_RECURSE ${WORK}/prefix ${WORK}/moved ${WORK}/consumer)

if(MODE STREQUAL "subdirectory")
  run(${CMAKE_COMMAND} -S ${SOURCE}/tests/consumer -B ${WORK}/consumer ${toolchain} -DLANEWISE_SOURCE_FOLDER=${SOURCE})
  run(${CMAKE_COMMAND} --build ${WORK}/consumer)
  run_consumer(${WORK}/consumer/consumer)
  return()
endif()

set(is_shared OFF)
if(MODE STREQUAL "shared")
  set(is_shared ON)
endif()
run(${CMAKE_COMMAND} -S ${SOURCE} -B ${WORK}/build ${toolchain} -DBUILD_SHARED_LIBS=${is_shared})
run(${CMAKE_COMMAND} --build ${WORK}/build)
run(${CMAKE_COMMAND} --install ${WORK}/build --prefix ${WORK}/prefix)
file(RENAME ${WORK}/prefix ${WORK}/moved)

run(${CMAKE_COMMAND} -S ${SOURCE}/tests/consumer -B ${WORK}/consumer ${toolchain} -DCMAKE_PREFIX_PATH=${WORK}/moved)
run(${CMAKE_COMMAND} --build ${WORK}/consumer)
run_consumer(${WORK}/consumer/consumer)

run(${WORK}/moved/bin/lanewise "u**2" "u=3.0")
if(NOT output STREQUAL "9.0\n")
  message(FATAL_ERROR "the installed program printed:\n${output}")
endif()
foreach(page man/man1/lanewise.1 bash-completion/completions/lanewise zsh/site-functions/_lanewise fish/vendor_completions.d/lanewise.fish)
  file(READ ${WORK}/moved/share/${page} text)
  if(NOT text MATCHES "timeout")
    message(FATAL_ERROR "share/${page} holds:\n${text}")
  endif()
endforeach()

# The same library by pkg-config.
file(GLOB_RECURSE pc_file ${WORK}/moved/*/lanewise.pc)
cmake_path(GET pc_file PARENT_PATH pc_folder)
set(static_flag "")
if(NOT is_shared)
  set(static_flag --static)
endif()
run(${CMAKE_COMMAND} -E env PKG_CONFIG_PATH=${pc_folder} pkg-config ${static_flag} --cflags --libs lanewise)
separate_arguments(package_flags UNIX_COMMAND "${output}")
cmake_path(GET pc_folder PARENT_PATH library_folder)
run(${COMPILER} -std=c++20 ${SOURCE}/tests/consumer/main.cpp -o ${WORK}/consumer/by_pkg_config ${package_flags} -Wl,-rpath,${library_folder})
run_consumer(${WORK}/consumer/by_pkg_config)
