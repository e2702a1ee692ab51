// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/error.h"

#include <variant>

// A value or the error that stood in its way. Same names as std::expected, which C++23 brings.
template<class T> class [[nodiscard]] Result
{
public:
    Result(T value) : m_state(std::move(value)) { }
    Result(ApiError error) : m_state(std::move(error)) { }

    explicit operator bool() const { return m_state.index() == 0; }
    const T &value() const { return std::get<0>(m_state); }
    const ApiError &error() const { return std::get<1>(m_state); }
    const T &operator*() const { return value(); }
    const T *operator->() const { return &value(); }

private:
    std::variant<T, ApiError> m_state;
};
