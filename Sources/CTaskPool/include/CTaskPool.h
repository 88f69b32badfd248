#pragma once

/// Runs Swift's tasks on a few threads of our own, in the order in which they become ready, instead of on libdispatch's.
///
/// libdispatch on Linux starts a timer with its first job that ticks every second for as long as the process lives, so
/// that no program which ever ran a task is idle again. These threads sleep on one condition until there is a job; none is
/// started before the first.
///
/// To be called first of all in `main`, once. Elsewhere than on Linux it does nothing.
void ctp_install(int threads);
