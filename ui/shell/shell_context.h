// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/task_type.h"

class QWidget;

namespace flow {

class DocumentTabs;
class Look;
class ServiceHandle;

/// What the parts of one window share. All of it outlives them.
struct ShellContext
{
    QWidget *window = nullptr;
    ServiceHandle *service = nullptr;
    Look *look = nullptr;
    DocumentTabs *tabs = nullptr;
    const TaskTypes *types = nullptr;
};

} // namespace flow
