// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "look/look.h"
#include "model/task_type.h"

#include <QWidget>

namespace flow {

/// Task types by group with a search box; drag one onto the canvas or double-click it. GUI thread.
class PalettePanel : public QWidget
{
    Q_OBJECT

public:
    PalettePanel(const TaskTypes *types, Look *look, QWidget *parent = nullptr);
    ~PalettePanel() override;

    void focusSearch();

Q_SIGNALS:
    void taskTypeActivated(const QString &typeName); ///< double-click or Enter

private:
    class Private;
    Private *d;
};

} // namespace flow
