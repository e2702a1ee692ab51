// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/database/pqxx_compat.h"

namespace database {

#if PATIO_PQXX >= 700

void Parameters::addNull() { m_values.append(); }
void Parameters::addText(std::string text) { m_values.append(std::move(text)); }
void Parameters::addBytes(QByteArrayView bytes)
{
    const auto *begin = reinterpret_cast<const std::byte *>(bytes.data());
    m_values.append(std::basic_string<std::byte>(begin, begin + bytes.size()));
}

#else

void Parameters::addNull()
{
    m_values.lengths.push_back(0);
    m_values.nonnulls.push_back(0);
    m_values.binaries.push_back(0);
}

void Parameters::addText(std::string text)
{
    m_values.lengths.push_back(int(text.size()));
    m_values.nonnulls.push_back(1);
    m_values.binaries.push_back(0);
    m_values.strings.push_back(std::move(text));
}

void Parameters::addBytes(QByteArrayView bytes)
{
    m_values.lengths.push_back(int(bytes.size()));
    m_values.nonnulls.push_back(1);
    m_values.binaries.push_back(1);
    m_values.bin_strings.emplace_back(bytes.data(), std::size_t(bytes.size()));
}

#endif

#if PATIO_PQXX < 710

namespace {

class Receiver : public pqxx::notification_receiver
{
public:
    Receiver(pqxx::connection &connection, const std::string &channel, std::function<void(const std::string &)> handler)
        : notification_receiver(connection, channel),
          m_handler(std::move(handler))
    {
    }
    void operator()(const std::string &payload, int) override { m_handler(payload); }

private:
    std::function<void(const std::string &)> m_handler;
};

} // namespace

#endif

Connection::Connection(const std::string &url) : m_connection(url)
{
#if PATIO_PQXX < 700
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
    m_connection.inhibit_reactivation(true);
#pragma GCC diagnostic pop
#endif
}

pqxx::result Connection::execute(const std::string &sql) { return pqxx::nontransaction(m_connection).exec(sql); }

pqxx::result Connection::execute(const std::string &sql, Parameters &&values)
{
    pqxx::nontransaction work(m_connection);
#if PATIO_PQXX >= 710
    return work.exec(sql, values.m_values);
#else
    return work.exec_params(sql, std::move(values.m_values));
#endif
}

void Connection::prepare(const std::string &name, const std::string &sql) { m_connection.prepare(name, sql); }

pqxx::result Connection::executePrepared(const std::string &name, Parameters &&values)
{
    pqxx::nontransaction work(m_connection);
#if PATIO_PQXX >= 710
    return work.exec(pqxx::prepped{name}, values.m_values);
#else
    return work.exec_prepared(name, std::move(values.m_values));
#endif
}

void Connection::listen(const std::string &channel, std::function<void(const std::string &)> handler)
{
#if PATIO_PQXX >= 710
    m_connection.listen(channel, [handler = std::move(handler)](const pqxx::notification &notification) {
        handler(std::string(notification.payload));
    });
#else
    m_receivers.push_back(std::make_unique<Receiver>(m_connection, channel, std::move(handler)));
#endif
}

void Connection::readNotifications() { m_connection.get_notifs(); }
int Connection::socket() const { return int(m_connection.sock()); }
bool Connection::isOpen() const { return m_connection.is_open(); }

} // namespace database
