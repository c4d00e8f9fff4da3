// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/target_box.h"

#include "look/elided_label.h"

#include <QWheelEvent>

namespace flow {

TargetBox::TargetBox(const Look *look, bool nextAllowed, QWidget *parent)
    : QComboBox(parent)
    , m_look(look)
    , m_nextAllowed(nextAllowed)
{
    setSizeAdjustPolicy(AdjustToMinimumContentsLengthWithIcon);
    setMinimumContentsLength(6);
    connect(this, &QComboBox::activated, this, [this](int row) { Q_EMIT targetChosen(itemData(row).toString()); });
}

void TargetBox::showTarget(const Flow &flow, const QString &target)
{
    clear();
    for (const Task &task : flow.tasks)
        addItem(task.name, task.name);
    insertSeparator(count());
    addItem(tr("End of the flow"), endTarget);
    if (m_nextAllowed)
        addItem(tr("Ask the next condition"), QString());
    const int row = findData(target.isEmpty() ? QVariant(QString()) : QVariant(target));
    if (row < 0) {
        // A target that does not exist: shown as it is, the problem is named elsewhere.
        insertItem(0, m_look->icon(QStringLiteral("error"), Role::Failure), target, target);
        setCurrentIndex(0);
    } else {
        setCurrentIndex(row);
    }
    setToolTip(toolTipOf(currentText()));
}

void TargetBox::wheelEvent(QWheelEvent *event)
{
    // Scrolling a form must not change where a flow goes.
    event->ignore();
}

} // namespace flow
