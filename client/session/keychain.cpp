// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/session/keychain.h"

#include <qt6keychain/keychain.h>

#include <QPointer>
#include <QTimer>

#include <memory>

using namespace std::chrono_literals;

namespace {

constexpr auto patience = 3s;
const auto service = QStringLiteral("Patio");

Keychain::Answer answerOf(const QKeychain::Job &job)
{
    if (job.error() == QKeychain::EntryNotFound)
        return {Keychain::Status::NotFound, {}, {}};
    if (job.error() != QKeychain::NoError)
        return {Keychain::Status::Unavailable, {}, job.errorString()};
    const auto *read = qobject_cast<const QKeychain::ReadPasswordJob *>(&job);
    return {Keychain::Status::Done, read ? read->textData() : QString(), {}};
}

} // namespace

void Keychain::read(const QString &key, QObject *receiver, Handler handler)
{
    auto *job = new QKeychain::ReadPasswordJob(service);
    job->setKey(key);
    start(job, receiver, std::move(handler));
}

void Keychain::write(const QString &key, const QString &secret, QObject *receiver, Handler handler)
{
    auto *job = new QKeychain::WritePasswordJob(service);
    job->setKey(key);
    job->setTextData(secret);
    start(job, receiver, std::move(handler));
}

void Keychain::remove(const QString &key)
{
    auto *job = new QKeychain::DeletePasswordJob(service);
    job->setKey(key);
    start(job, this, [](const Answer &) {});
}

// The job is nobody's child and ends itself: the desktop's keychain answers to it even when this one is gone.
void Keychain::start(QKeychain::Job *job, QObject *receiver, Handler handler)
{
    job->setInsecureFallback(false);
    const auto answered = std::make_shared<bool>(false);
    const auto once = [answered, receiver = QPointer(receiver), handler = std::move(handler)](const Answer &answer) {
        if (!std::exchange(*answered, true) && receiver)
            handler(answer);
    };
    connect(job, &QKeychain::Job::finished, this, [once](QKeychain::Job *done) { once(answerOf(*done)); });
    QTimer::singleShot(patience, this, [once] {
        once({Status::Unavailable, {}, Keychain::tr("the keychain does not answer")});
    });
    job->start();
}
