// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/secret_keyring.h"

#include <QCoreApplication>
#include <QThread>

#include <qt6keychain/keychain.h>

#include <future>

namespace flow {

namespace {

using namespace std::chrono_literals;

const QString service = QStringLiteral("flow-manager");
const QString namesKey = QStringLiteral(":names"); // a list of them; no secret can have this name
constexpr std::chrono::seconds patience = 60s;     // a person may have to unlock it

struct Answer
{
    QKeychain::Error error = QKeychain::OtherError;
    QString errorText;
    QString value;
};

/// QtKeychain queues its work on the thread that asks it first, for as long as the program lives. So that one must do
/// nothing else, and never end: the only thing here that nobody owns.
class KeyringThread
{
public:
    static KeyringThread &instance()
    {
        static auto *const thread = new KeyringThread;
        return *thread;
    }

    /// Work that is given up here ends there some time later, and its answer goes nowhere.
    std::future<Answer> ask(const std::function<QKeychain::Job *()> &makeJob)
    {
        const auto promise = std::make_shared<std::promise<Answer>>();
        QMetaObject::invokeMethod(&m_context, [makeJob, promise] {
            QKeychain::Job *job = makeJob(); // deletes itself
            job->setInsecureFallback(false);
            QObject::connect(job, &QKeychain::Job::finished, job, [promise](QKeychain::Job *done) {
                const auto *read = qobject_cast<QKeychain::ReadPasswordJob *>(done);
                promise->set_value({done->error(), done->errorString(), read ? read->textData() : QString()});
            });
            job->start();
        });
        return promise->get_future();
    }

private:
    KeyringThread()
    {
        m_thread.setObjectName(QStringLiteral("keyring"));
        m_context.moveToThread(&m_thread);
        m_thread.start();
    }

    QThread m_thread;
    QObject m_context;
};

template <typename Job>
Job *jobFor(const QString &key)
{
    auto *job = new Job(service);
    job->setKey(key);
    return job;
}

class SecretKeyring final : public SecretStore
{
    Q_DECLARE_TR_FUNCTIONS(SecretKeyring)

public:
    Result<QString> secret(const QString &name, const CancelToken &cancel) const override
    {
        const Result<Answer> answer = ask([name] { return jobFor<QKeychain::ReadPasswordJob>(name); }, cancel);
        if (!answer)
            return answer.error();
        if (answer->error == QKeychain::EntryNotFound)
            return unknownSecret(name);
        return answer->value;
    }

    Result<void> set(const QString &name, const QString &value) override
    {
        if (const Result<void> valid = checkSecret(name, value); !valid)
            return valid;
        Result<QStringList> known = names();
        if (!known)
            return known.error();
        if (const Result<void> written = write(name, value); !written)
            return written;
        if (known->contains(name))
            return {};
        known->append(name);
        return write(namesKey, known->join(u' '));
    }

    Result<void> remove(const QString &name) override
    {
        Result<QStringList> known = names();
        if (!known)
            return known.error();
        // Not every keyring says that there was nothing to delete.
        if (const Result<QString> value = secret(name, {}); !value && !known->contains(name))
            return value.error();
        const Result<Answer> answer = ask([name] { return jobFor<QKeychain::DeletePasswordJob>(name); }, {});
        if (!answer)
            return answer.error();
        return known->removeAll(name) > 0 ? write(namesKey, known->join(u' ')) : Result<void>();
    }

    Result<QStringList> names() const override
    {
        const Result<Answer> answer = ask([] { return jobFor<QKeychain::ReadPasswordJob>(namesKey); }, {});
        if (!answer)
            return answer.error();
        QStringList names = answer->value.split(u' ', Qt::SkipEmptyParts);
        names.sort();
        return names;
    }

    QString place() const override { return tr("the keyring"); }

private:
    Result<void> write(const QString &key, const QString &value) const
    {
        const Result<Answer> answer = ask(
            [key, value] {
                auto *job = jobFor<QKeychain::WritePasswordJob>(key);
                job->setTextData(value);
                return job;
            },
            {});
        return answer ? Result<void>() : answer.error();
    }

    /// Waits for the answer; that there is no such entry is one.
    static Result<Answer> ask(const std::function<QKeychain::Job *()> &makeJob, const CancelToken &cancel)
    {
        std::future<Answer> future = KeyringThread::instance().ask(makeJob);
        const auto end = std::chrono::steady_clock::now() + patience;
        while (future.wait_for(20ms) != std::future_status::ready) {
            if (cancel.isCancelled())
                return Error{.code = ErrorCode::Cancelled, .reason = tr("the keyring was not waited for")};
            if (std::chrono::steady_clock::now() > end)
                return Error{.code = ErrorCode::NotAllowed, .reason = tr("the keyring does not answer; is it locked?")};
        }
        Answer answer = future.get();
        switch (answer.error) {
        case QKeychain::NoError:
        case QKeychain::EntryNotFound:
        case QKeychain::CouldNotDeleteEntry:
            return answer;
        case QKeychain::AccessDeniedByUser:
        case QKeychain::AccessDenied:
            return Error{.code = ErrorCode::NotAllowed,
                         .reason = tr("the keyring was not opened: %1").arg(answer.errorText)};
        default:
            return Error{.code = ErrorCode::Io,
                         .reason =
                             tr("the keyring cannot be used: %1; FLOW_SECRETS=file keeps secrets in a file instead")
                                 .arg(answer.errorText)};
        }
    }
};

} // namespace

bool canUseKeyring()
{
    return true;
}

std::unique_ptr<SecretStore> openKeyring()
{
    return std::make_unique<SecretKeyring>();
}

} // namespace flow
