// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/flow_document.h"

#include <random>

namespace flow::test {

/// Does things to a document as somebody in a hurry might: any edit, often on things that are gone.
class RandomEdits
{
public:
    RandomEdits(FlowDocument *document, unsigned seed)
        : m_document(document)
        , m_random(seed)
    {
    }

    void next();

private:
    int number(int below) { return int(m_random() % unsigned(below)); }
    QString someTask();
    QString someTarget() { return number(4) == 0 ? QStringLiteral("end") : someTask(); }
    QPointF somePlace() { return {20.0 * (number(60) - 10), 20.0 * (number(40) - 10)}; }
    qsizetype someCondition() { return number(int(m_document->flow().conditions.size()) + 1); }
    Condition randomCondition();
    void selectSome();
    void editTask();
    void editCondition();
    void editLayout();
    void editFlow();

    FlowDocument *m_document;
    std::mt19937 m_random;
};

} // namespace flow::test
