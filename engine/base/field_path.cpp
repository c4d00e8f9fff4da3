// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/field_path.h"

#include <algorithm>

namespace flow {

namespace {

bool isPlainWord(const QString &key)
{
    const auto plain = [](QChar c) { return c.isLetterOrNumber() || c == u'_' || c == u'-'; };
    return !key.isEmpty() && std::all_of(key.begin(), key.end(), plain);
}

} // namespace

FieldPath FieldPath::operator/(const QString &key) const
{
    FieldPath longer = *this;
    longer.m_steps.append(Step{key, -1});
    return longer;
}

FieldPath FieldPath::operator/(qsizetype index) const
{
    FieldPath longer = *this;
    longer.m_steps.append(Step{QString(), index});
    return longer;
}

QString FieldPath::toString() const
{
    QString text;
    for (const Step &step : m_steps) {
        if (step.index >= 0) {
            text += u'[' + QString::number(step.index) + u']';
        } else if (isPlainWord(step.key)) {
            if (!text.isEmpty())
                text += u'.';
            text += step.key;
        } else {
            QString escaped = step.key;
            escaped.replace(u'\\', QStringLiteral("\\\\")).replace(u'"', QStringLiteral("\\\""));
            text += QStringLiteral("[\"") + escaped + QStringLiteral("\"]");
        }
    }
    return text;
}

} // namespace flow
