// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/config/config.h"

#include <QString>

#include <memory>
#include <optional>

// A whole server as one object: what `patiod serve` runs, and what tests start in their own process. Made, started and
// stopped on a thread with an event loop.
class Application
{
public:
    explicit Application(Config config);
    ~Application(); // stop()

    // Returns when the server is ready; throws SetupError or ConfigError with a sentence that says what to do.
    void start();
    // Finishes what runs, within the grace time, and releases everything. Does nothing when not started.
    void stop();
    void reload(); // certificates

    // How the first operator is made, while there is none.
    std::optional<QString> offerSetupToken();
    QString baseUrl() const; // "http://127.0.0.1:8420", with the real port

private:
    struct Parts;

    void addGauges();

    const Config m_config;
    std::unique_ptr<Parts> m_parts;
};
