// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/bench/socket_load/receivers.h"

// Clients that send messages by HTTP, each its next one once the last was answered. They keep a window: messages that
// not everybody has received; or a rate, whatever the server makes of it.
class Senders final : public Receivers::Listener
{
public:
    // Each request as it goes out, complete, with the mark and a client's id as kept in place: `Mark{}.text()` and
    // `noId`.
    static constexpr std::string_view noId = "00000000-0000-4000-8000-000000000000";
    Senders(int epoll, std::uint32_t firstIndex, std::uint16_t port, const std::vector<std::string> &requests);
    ~Senders() override;

    struct Plan
    {
        std::size_t window = 0; // 0: none, the rate
        double rate = 0; // messages a second
        double seconds = 0;
        std::size_t receivers = 0;
    };
    void begin(const Plan &plan);
    // Sends what is due. False: all is sent and received.
    bool goOn();
    int patience() const; // milliseconds until something may be due
    void readable(std::size_t index);
    void arrived(std::uint32_t number, std::int64_t took) override;

    std::string results() const; // as JSON

private:
    struct Sender
    {
        int descriptor = -1;
        std::string request;
        std::size_t mark = 0; // where in it
        std::size_t id = 0;
        bool waits = false; // for the answer
        std::int64_t sentAt = 0;
        std::string answer; // so far
    };

    bool isOver() const { return nanoseconds() >= m_end; }
    void send(Sender &sender, std::int64_t due);
    static std::int64_t percentile(const std::vector<std::uint32_t> &counts, double part);

    std::vector<Sender> m_senders;
    std::size_t m_turn = 0; // whose it was last
    Plan m_plan;
    std::uint32_t m_next = 0; // number of the next message
    std::uint32_t m_first = 0; // of this plan
    std::vector<std::uint32_t> m_received; // by number
    std::size_t m_outstanding = 0;
    std::int64_t m_begun = 0;
    std::int64_t m_end = 0;
    std::int64_t m_last = 0; // when the last message had come everywhere
    std::uint64_t m_deliveries = 0;
    std::uint64_t m_refused = 0;
    std::vector<std::uint32_t> m_times; // deliveries by tens of microseconds
    std::vector<std::uint32_t> m_answers; // answers alike
};
