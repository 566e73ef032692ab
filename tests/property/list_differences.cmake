# Compares the checksums of test_property on a target with fused multiply-add and one without, and what differs with a list.
#
#   cmake -DPROGRAM=test_property -DLIST=rows_that_differ.txt -P list_differences.cmake
#
# Fails where the list is out of date. With -DUPDATE=ON it is written anew instead.

cmake_minimum_required(VERSION 3.20)

function(checksums_of target result)
  set(ENV{LANEWISE_TARGET} ${target})
  execute_process(COMMAND ${PROGRAM} --gtest_filter=Checksums.OfThisTarget OUTPUT_VARIABLE output ERROR_VARIABLE errors RESULT_VARIABLE status)
  if(NOT status EQUAL 0)
    message(FATAL_ERROR "${target}: ${output}${errors}")
  endif()
  string(REGEX MATCHALL "checksum [^\n]*" lines "${output}")
  set(${result} "${lines}" PARENT_SCOPE)
endfunction()

checksums_of(x86-64-v2 plain)
checksums_of(x86-64-v3 fused)
if(plain STREQUAL "" OR fused STREQUAL "")
  message("skipped: this machine does not run both targets")
  return()
endif()

set(text "# Functions of which some results differ in their last bits between CPU targets with fused multiply-add (x86-64-v3, x86-64-v4, neon)
# and those without (x86-64-v2), in the sample that checksums_test.cpp takes. Nothing but functions whose bound is above 0.5 ulp, complex
# ones included, may differ; reductions do not. Written by list_differences.cmake.
")
set(last "")
foreach(line IN LISTS plain)
  if(line IN_LIST fused OR NOT line MATCHES "^checksum [a-z]+ (.*\\)) [a-z0-9]+ [0-9a-f]+$")
    continue()
  endif()
  if(NOT CMAKE_MATCH_1 STREQUAL last)
    set(last "${CMAKE_MATCH_1}")
    string(APPEND text "${last}\n")
  endif()
endforeach()

if(UPDATE)
  file(WRITE ${LIST} "${text}")
  return()
endif()
set(expected "")
if(EXISTS ${LIST})
  file(READ ${LIST} expected)
endif()
if(NOT text STREQUAL expected)
  message(FATAL_ERROR "${LIST} is out of date; write it anew by building the target `renew`. It should say\n${text}")
endif()
