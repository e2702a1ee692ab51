// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/socket_load/senders.h"

#include "tests/bench/socket_load/connecting.h"

#include <algorithm>
#include <cstdio>
#include <stdexcept>

#include <sys/epoll.h>

namespace {

constexpr std::int64_t step = 10'000; // nanoseconds of a place in the counts
constexpr std::size_t places = 3'000'000; // half a minute
constexpr std::int64_t second = 1'000'000'000;

void count(std::vector<std::uint32_t> &counts, std::int64_t took)
{
    ++counts[std::min(std::size_t(std::max<std::int64_t>(took, 0) / step), places - 1)];
}

} // namespace

Senders::Senders(int epoll, std::uint32_t firstIndex, std::uint16_t port, const std::vector<std::string> &requests)
    : m_times(places),
      m_answers(places)
{
    for (const std::string &request : requests) {
        Sender sender{.descriptor = connectTo(port, 0), .request = request};
        sender.mark = request.find(Mark{}.text());
        sender.id = request.find(noId);
        if (sender.descriptor < 0 || sender.mark == request.npos)
            throw std::runtime_error("A sender could not connect, or its request has no place for the mark.");
        epoll_event event{.events = EPOLLIN, .data = {.u32 = firstIndex++}};
        ::epoll_ctl(epoll, EPOLL_CTL_ADD, sender.descriptor, &event);
        m_senders.push_back(std::move(sender));
    }
}

Senders::~Senders()
{
    for (const Sender &sender : m_senders)
        ::close(sender.descriptor);
}

void Senders::begin(const Plan &plan)
{
    m_plan = plan;
    m_first = m_next;
    m_outstanding = 0;
    m_deliveries = m_refused = 0;
    m_begun = m_last = nanoseconds();
    m_end = m_begun + std::int64_t(plan.seconds * double(second));
    std::fill(m_times.begin(), m_times.end(), 0);
    std::fill(m_answers.begin(), m_answers.end(), 0);
}

bool Senders::goOn()
{
    if (isOver())
        return m_outstanding > 0;
    // In turn, so that no connection is idle for so long that the server closes it.
    for (std::size_t tried = 0; tried < m_senders.size(); ++tried) {
        Sender &sender = m_senders[m_turn = (m_turn + 1) % m_senders.size()];
        if (sender.waits)
            continue;
        if (m_plan.window) {
            if (m_outstanding >= m_plan.window)
                break;
            send(sender, nanoseconds());
        } else {
            // Late because all senders wait is late all the same: it counts from when it was due.
            const auto due = m_begun + std::int64_t(double(m_next - m_first) / m_plan.rate * double(second));
            if (due > nanoseconds() || due >= m_end)
                break;
            send(sender, due);
        }
    }
    return true;
}

int Senders::patience() const { return m_plan.window || isOver() ? 100 : 1; }

void Senders::send(Sender &sender, std::int64_t due)
{
    const Mark mark{m_next++, due};
    sender.request.replace(sender.mark, Mark::size, mark.text());
    if (sender.id != sender.request.npos) {
        char digits[13];
        std::snprintf(digits, sizeof digits, "%012llx", static_cast<unsigned long long>(due) & 0xffffffffffffULL);
        sender.request.replace(sender.id + 24, 12, digits, 12);
        std::snprintf(digits, sizeof digits, "%08x", mark.number);
        sender.request.replace(sender.id, 8, digits, 8);
    }
    m_received.push_back(0);
    ++m_outstanding;
    sender.waits = true;
    sender.sentAt = nanoseconds();
    if (!sendAll(sender.descriptor, sender.request))
        throw std::runtime_error("The server has closed the connection of a sender.");
}

// Answers end with their Content-Length.
void Senders::readable(std::size_t index)
{
    Sender &sender = m_senders[index];
    char bytes[64 * 1024];
    const ssize_t n = ::recv(sender.descriptor, bytes, sizeof bytes, MSG_DONTWAIT);
    if (n <= 0)
        throw std::runtime_error("The server has closed the connection of a sender.");
    sender.answer.append(bytes, std::size_t(n));
    const auto end = sender.answer.find("\r\n\r\n");
    const auto length = sender.answer.find("ontent-Length: ");
    if (end == std::string::npos || length > end
        || sender.answer.size() < end + 4 + std::stoul(sender.answer.substr(length + 15)))
        return;
    if (!sender.answer.starts_with("HTTP/1.1 2")) {
        if (!m_refused++)
            std::fprintf(stderr, "refused: %s\n", sender.answer.c_str());
        --m_outstanding;
    }
    count(m_answers, nanoseconds() - sender.sentAt);
    sender.answer.clear();
    sender.waits = false;
}

void Senders::arrived(std::uint32_t number, std::int64_t took)
{
    if (number < m_first || number >= m_next)
        return;
    ++m_deliveries;
    count(m_times, took);
    if (++m_received[number] == m_plan.receivers) {
        --m_outstanding;
        m_last = nanoseconds();
    }
}

std::int64_t Senders::percentile(const std::vector<std::uint32_t> &counts, double part)
{
    std::uint64_t all = 0;
    for (const std::uint32_t some : counts)
        all += some;
    std::uint64_t before = 0;
    for (std::size_t place = 0; place < counts.size(); ++place)
        if ((before += counts[place]) >= std::uint64_t(double(all) * part) && before)
            return std::int64_t(place + 1) * step / 1000;
    return 0;
}

std::string Senders::results() const
{
    std::uint64_t wrong = 0;
    for (std::uint32_t number = m_first; number < m_next; ++number)
        wrong += m_received[number] != m_plan.receivers;
    char text[400];
    std::snprintf(text, sizeof text,
                  R"({"messages": %u, "refused": %llu, "notExactlyOnce": %llu, "deliveries": %llu, "seconds": %.3f, )"
                  R"("p50": %lld, "p99": %lld, "answerP50": %lld, "answerP99": %lld})",
                  m_next - m_first, static_cast<unsigned long long>(m_refused),
                  static_cast<unsigned long long>(wrong - std::min(wrong, m_refused)),
                  static_cast<unsigned long long>(m_deliveries), double(m_last - m_begun) / double(second),
                  static_cast<long long>(percentile(m_times, 0.5)), static_cast<long long>(percentile(m_times, 0.99)),
                  static_cast<long long>(percentile(m_answers, 0.5)),
                  static_cast<long long>(percentile(m_answers, 0.99)));
    return text;
}
