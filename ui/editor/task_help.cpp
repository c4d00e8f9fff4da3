// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/task_help.h"

#include "editor/field_spec.h"

#include <QCoreApplication>

namespace flow {
namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("TaskHelp", text);
}

QString paragraph(const QString &text)
{
    return text.isEmpty() ? QString()
                          : QStringLiteral("<p style='white-space:pre-wrap'>%1</p>").arg(text.toHtmlEscaped());
}

QString touchesText(Touches touches)
{
    QStringList what;
    if (touches & Touch::Files)
        what << tr("files");
    if (touches & Touch::Network)
        what << tr("the network");
    if (touches & Touch::Processes)
        what << tr("other programs");
    return what.isEmpty() ? tr("Touches nothing outside the flow.")
                          : tr("Touches %1.").arg(what.join(QStringLiteral(", ")));
}

} // namespace

QString taskHelpHtml(const TaskType &type)
{
    QString html = paragraph(type.description) + paragraph(type.help);
    const QList<FieldSpec> specs = fieldSpecs(type.configSchema);
    if (!specs.isEmpty())
        html += QStringLiteral("<h4>%1</h4>").arg(tr("Settings").toHtmlEscaped());
    for (const FieldSpec &spec : specs) {
        QString line =
            QStringLiteral("<b>%1</b> <code>%2</code>").arg(spec.title.toHtmlEscaped(), spec.key.toHtmlEscaped());
        if (!spec.description.isEmpty())
            line += QStringLiteral("<br/>") + spec.description.toHtmlEscaped();
        const QString standard = fieldText(spec, spec.defaultValue());
        if (!standard.isEmpty())
            line += QStringLiteral("<br/>") + tr("Default: %1").arg(standard).toHtmlEscaped();
        html += QStringLiteral("<p>%1</p>").arg(line);
    }
    html += QStringLiteral("<h4>%1</h4>").arg(tr("Good to know").toHtmlEscaped());
    html += paragraph(touchesText(type.touches));
    html += paragraph(type.retrySafe ? tr("Safe to run twice: after a crash it simply runs again.")
                                     : tr("Not safe to run twice: after a crash the run waits for your decision."));
    return html;
}

} // namespace flow
