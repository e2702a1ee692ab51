// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/providers/registry.h"

#include <QThread>

#include <map>
#include <memory>
#include <mutex>

// Providers for each thread that calls them, with connections of its own, so that a call and its answer stay on the
// thread that serves the client. A thread's providers are made when it asks for the first time, and end with it. Must
// outlive the threads' event loops.
class ProviderThreads
{
public:
    explicit ProviderThreads(providers::ProviderSettings settings) : m_settings(std::move(settings)) { }

    const providers::Registry &here(); // of the thread that asks

private:
    struct Lane
    {
        explicit Lane(const providers::ProviderSettings &settings) : registry(transport, settings) { }
        providers::HttpTransport transport;
        providers::Registry registry;
    };

    const providers::ProviderSettings m_settings;
    std::mutex m_mutex;
    std::map<QThread *, std::unique_ptr<Lane>> m_lanes;
};
