// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QRegularExpression>
#include <QTest>

namespace flow {

/// Base of every test class: a warning that the test did not announce with QTest::ignoreMessage() fails it.
class FlowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // What the offscreen platform says of itself ("This plugin does not support raise()") is nobody's fault.
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin (does not support|supports)).+")));
    }
};

} // namespace flow
