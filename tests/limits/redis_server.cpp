// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/limits/redis_server.h"

#include <QElapsedTimer>
#include <QHostAddress>
#include <QStandardPaths>
#include <QTcpServer>

#include <hiredis/hiredis.h>

using namespace Qt::StringLiterals;

namespace {

QByteArray textOf(const redisReply *reply)
{
    if (!reply)
        return {};
    if (reply->type == REDIS_REPLY_INTEGER)
        return QByteArray::number(qint64(reply->integer));
    if (reply->type != REDIS_REPLY_ARRAY)
        return QByteArray(reply->str, qsizetype(reply->len));
    QByteArrayList list;
    for (std::size_t i = 0; i < reply->elements; ++i)
        list.append(textOf(reply->element[i]));
    return list.join('\n');
}

} // namespace

bool RedisServer::isInstalled() { return !QStandardPaths::findExecutable(u"redis-server"_s).isEmpty(); }

bool RedisServer::start()
{
    if (m_port == 0) {
        QTcpServer probe;
        probe.listen(QHostAddress::LocalHost);
        m_port = probe.serverPort();
    }
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    m_process.start(u"redis-server"_s,
                    QStringList{u"--port"_s,
                                QString::number(m_port),
                                u"--bind"_s,
                                u"127.0.0.1"_s,
                                u"--dir"_s,
                                m_folder.path(),
                                u"--save"_s,
                                {}}
                        + m_arguments);
    QByteArray log;
    QElapsedTimer time;
    time.start();
    while (!log.contains("Ready to accept connections")) {
        if (!m_process.waitForReadyRead(1000)
            && (m_process.state() == QProcess::NotRunning || time.elapsed() > 20'000)) {
            qWarning("%s", log.constData());
            return false;
        }
        log += m_process.readAll();
    }
    return true;
}

void RedisServer::kill()
{
    m_process.kill();
    m_process.waitForFinished();
}

QByteArray RedisServer::ask(const QList<QByteArray> &words)
{
    redisContext *const context = redisConnect("127.0.0.1", m_port);
    QList<const char *> texts;
    QList<std::size_t> sizes;
    for (const QByteArray &word : words) {
        texts.append(word.constData());
        sizes.append(std::size_t(word.size()));
    }
    auto *const reply =
        static_cast<redisReply *>(redisCommandArgv(context, int(texts.size()), texts.data(), sizes.data()));
    const QByteArray text = textOf(reply);
    if (reply)
        freeReplyObject(reply);
    redisFree(context);
    return text;
}
