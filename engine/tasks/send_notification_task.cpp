// SPDX-License-Identifier: GPL-3.0-or-later
#include "tasks/built_in_tasks.h"
#include "tasks/demo_task.h"
#include "tasks/schema_builder.h"

#include <QCoreApplication>

namespace flow {

namespace {

QStringList channels()
{
    return {QStringLiteral("email"), QStringLiteral("sms"), QStringLiteral("chat")};
}

class SendNotificationTask final : public DemoTask
{
    Q_DECLARE_TR_FUNCTIONS(SendNotificationTask)

public:
    static TaskType describe()
    {
        return {.name = QStringLiteral("send_notification"),
                .title = tr("Send notification"),
                .description = tr("Write a notification to the log"),
                .group = tr("Demo data"),
                .icon = QStringLiteral("bell"),
                .help = tr("Writes the message to the execution's log; nothing leaves this computer, whatever the "
                           "channel. Returns "
                           "channel, recipient, message and sent_timestamp."),
                .configSchema = SchemaBuilder()
                                    .choice({QStringLiteral("channel"), tr("Channel"),
                                             tr("The kind of notification to pretend"), QStringLiteral("email")},
                                            channels())
                                    .text({QStringLiteral("recipient"), tr("Recipient"), tr("Who it is for"),
                                           QStringLiteral("team@example.com")},
                                          1, 255)
                                    .text({QStringLiteral("message"), tr("Message"), tr("What it says"),
                                           tr("The flow has reached this step")},
                                          1, 10'000)
                                    .demoBehaviour(0, 0)
                                    .schema(),
                .resultSchema = SchemaBuilder()
                                    .returnsOneOf("channel", channels(), tr("The kind of notification"))
                                    .returns("recipient", "string", tr("Who it was for"))
                                    .returns("message", "string", tr("What it said"))
                                    .returns("sent_timestamp", "string", tr("When it was written to the log"))
                                    .schema()};
    }

protected:
    QString mishap() const override { return tr("Failed to send the notification"); }

    QJsonValue produce(TaskRun &run) const override
    {
        const QString channel = run.config.value(u"channel").toString();
        const QString recipient = run.config.value(u"recipient").toString();
        const QString message = run.config.value(u"message").toString();
        run.log(LogLevel::Info, tr("Notification to %1 (%2): %3").arg(recipient, channel, message));
        return QJsonObject{{QStringLiteral("channel"), channel},
                           {QStringLiteral("recipient"), recipient},
                           {QStringLiteral("message"), message},
                           {QStringLiteral("sent_timestamp"), toIso(run.clock->now())}};
    }
};

} // namespace

void addSendNotificationTask(TaskRegistry &registry)
{
    addTask<SendNotificationTask>(registry);
}

} // namespace flow
