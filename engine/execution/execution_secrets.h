// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "execution/execution_state.h"
#include "execution/family_secrets.h"
#include "tasks/task_registry.h"

namespace flow {

/// The secrets of one execution: put into the settings of an attempt at the moment it runs, and taken out of whatever
/// its tasks say from then on, together with those of its family. Lives on the execution's thread as long as the
/// execution runs there; nothing of it is stored.
class ExecutionSecrets
{
public:
    /// `source` may be null: then there are no secrets. `family` may be null: then it has none.
    ExecutionSecrets(const SecretSource *source, std::shared_ptr<FamilySecrets> family, const TaskRegistry &registry);

    /// To be called before a task may say something: what attempts before this object was made were given, and others
    /// of the family, is known from then on. Gives what people should know where it is not, once.
    std::optional<QString> recall(const QList<AttemptRecord> &attempts, const ExecutionState &state,
                                  const CancelToken &cancel);
    /// Fetches the secrets that the attempt's settings name and puts them there; settings that name none stay as they
    /// are. Where one is missing or used in a setting that takes none, the settings become that error.
    void fillIn(ExecutionState::Attempt &attempt, const ExecutionState &state, const CancelToken &cancel);

    QString redacted(const QString &text, TextCut cut = TextCut::Nowhere) const
    {
        return m_family->redactor()->redacted(text, cut);
    }
    void redact(ExecutionState::Report &report, const CancelToken &cancel) const;

private:
    Result<QJsonObject> expanded(const Template &settings, const ExecutionState &state, const QJsonObject &schema,
                                 const CancelToken &cancel);
    Result<QString> fetch(const QString &name, const CancelToken &cancel);
    void rememberWhatBecame(const Template &settings, const QJsonObject &config, const QJsonObject &values);

    const SecretSource *m_source;
    const TaskRegistry &m_registry;
    std::shared_ptr<FamilySecrets> m_family;
    bool m_isRecalled = false;
    bool m_isRefusalTold = false;
};

} // namespace flow
