// SPDX-License-Identifier: GPL-3.0-or-later
// How fast a channel of 100,000 messages opens and how smoothly it scrolls, also while an answer streams and messages
// come; beside a QListView with the same texts in one line each, which lays out no Markdown at all. A frame is the time
// from the wheel or key until the whole view is painted. With a display or without (QT_QPA_PLATFORM=offscreen).
#include "client/chat/conversation_view.h"
#include "client/design/theme.h"
#include "tests/client/conversation_example.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QListView>
#include <QScrollBar>
#include <QStringListModel>
#include <QWheelEvent>

#include <cstdio>

namespace {

constexpr int messageCount = 100'000;
constexpr QSize windowSize(1100, 900);
constexpr double frameMs = 16;
constexpr double openMs = 200;

double elapsedMs(const std::function<void()> &run)
{
    QElapsedTimer timer;
    timer.start();
    run();
    return double(timer.nsecsElapsed()) / 1e6;
}

struct Frames
{
    std::vector<double> times;
    double at(double part)
    {
        std::sort(times.begin(), times.end());
        return times[std::min(times.size() - 1, std::size_t(double(times.size()) * part))];
    }
    void print(const char *what)
    {
        const double p50 = at(0.5), p99 = at(0.99), most = at(1);
        const auto late = std::count_if(times.begin(), times.end(), [](double ms) { return ms > frameMs; });
        std::printf("  %-42s p50 %6.2f  p99 %6.2f  max %6.2f ms   %lld of %zu over %.0f ms\n", what, p50, p99, most,
                    (long long)late, times.size(), frameMs);
    }
};

void wheel(QAbstractScrollArea &area, int pixels)
{
    const QPointF at = area.viewport()->rect().center();
    QWheelEvent event(at, area.viewport()->mapToGlobal(at), {}, {0, pixels}, Qt::NoButton, Qt::NoModifier,
                      Qt::NoScrollPhase, false);
    QApplication::sendEvent(area.viewport(), &event);
}

Frames frames(QAbstractScrollArea &area, int count, const std::function<void(int)> &step)
{
    Frames result;
    for (int i = 0; i < count; ++i)
        result.times.push_back(elapsedMs([&] {
            step(i);
            QCoreApplication::sendPostedEvents();
            area.viewport()->repaint();
        }));
    return result;
}

double scroll(QAbstractScrollArea &area, const char *name)
{
    std::printf("%s\n", name);
    Frames byWheel = frames(area, 600, [&](int) { wheel(area, 360); });
    byWheel.print("up by wheel, new rows each time");
    frames(area, 600, [&](int) { wheel(area, -360); }).print("down again");
    QScrollBar *bar = area.verticalScrollBar();
    frames(area, 200, [&](int) { bar->setValue(bar->value() - bar->pageStep()); }).print("by page");
    frames(area, 200, [&](int i) {
        bar->setValue(int(qint64(bar->maximum()) * ((i * 37) % 100) / 100));
    }).print("thumb dragged far");
    return byWheel.at(0.5);
}

} // namespace

int main(int argc, char *argv[])
{
    std::setvbuf(stdout, nullptr, _IOLBF, 0); // seen as it goes, also in a file
    QApplication application(argc, argv);
    Theme theme;
    theme.install();
    const QList<ConversationMessage> all = conversationExample::messages(1, messageCount);

    QStringList lines;
    for (const ConversationMessage &message : all)
        lines << message.authorName + QStringLiteral(": ") + message.text.simplified();
    QStringListModel model;
    QListView plain;
    plain.setUniformItemSizes(true);
    plain.resize(windowSize);
    plain.show();
    QApplication::processEvents();
    const double plainOpen = elapsedMs([&] {
        model.setStringList(lines);
        plain.setModel(&model);
        plain.scrollToBottom();
        QApplication::processEvents();
        plain.viewport()->repaint();
    });

    Conversation small, large;
    small.reset(all.first(3));
    ConversationView view(QStringLiteral("Messages"));
    view.resize(windowSize);
    view.setConversation(&small);
    view.show();
    QApplication::processEvents();
    view.viewport()->repaint();
    const double open = elapsedMs([&] {
        large.reset(all);
        view.setConversation(&large);
        QApplication::processEvents();
        view.viewport()->repaint();
    });
    large.setReadSequence(messageCount - 150);
    const double openUnread = elapsedMs([&] {
        view.setConversation(&large);
        view.viewport()->repaint();
    });
    large.setReadSequence(-1);
    view.setConversation(&large);
    std::printf("opening %d messages\n", messageCount);
    std::printf("  conversation %.1f ms (goal %.0f), at the \"New\" line %.1f ms; plain list %.1f ms\n", open, openMs,
                openUnread, plainOpen);

    const double plainFrame = scroll(plain, "plain list");
    const double frame = scroll(view, "conversation");
    std::printf("  a frame by wheel: %.2f times that of the plain list\n", frame / plainFrame);

    std::printf("an answer streams, 100 tokens a second, while another message comes\n");
    ConversationMessage answer = conversationExample::message(messageCount + 1, all.last().createdAt + 1000);
    answer.isFromAssistant = true;
    answer.isOwn = false;
    answer.text.clear();
    answer.state = DeliveryState::Streaming;
    view.scrollToEnd();
    large.put(answer);
    int sequence = messageCount + 1;
    QElapsedTimer clock;
    clock.start();
    Frames streaming = frames(view, 1500, [&](int i) {
        large.appendText(answer.id, i % 60 == 59 ? QStringLiteral("\n\n") : QStringLiteral("word `x` "));
        if (i % 100 == 0)
            large.put(conversationExample::message(++sequence, answer.createdAt + i));
        while (clock.elapsed() < i * 10 / 4) // four times as fast as it would come
            QApplication::processEvents(QEventLoop::AllEvents, 1);
    });
    std::printf("  %d characters\n", int(large.at(large.rowOf(answer.id)).text.size()));
    streaming.print("with what was waited for");
    frames(view, 300, [&](int) {
        large.appendText(answer.id, QStringLiteral("word "));
        wheel(view, 120);
    }).print("scrolled meanwhile");

    Frames older = frames(view, 50, [&](int i) {
        QList<ConversationMessage> page =
            conversationExample::messages(1, 200, 1'700'000'000'000 - qint64(i) * 20'000'000);
        for (int row = 0; row < page.size(); ++row)
            page[row].id = QUuid::createUuid();
        large.prepend(page);
    });
    older.print("200 older ones come in front");
    return 0;
}
