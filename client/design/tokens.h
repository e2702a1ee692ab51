// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QFont>
#include <QJsonObject>
#include <QList>
#include <QObject>

#include <array>

// The vocabulary of the look. Each name is a key of tokens.json (with a small first letter), which holds the values;
// nothing else in the client holds a colour, a size or a font.
struct Tokens
{
    Q_GADGET

public:
    enum class Color {
        Canvas,
        Surface,
        Sunken,
        Raised,
        Hover,
        Pressed,
        Border,
        BorderStrong,
        Control, // neutral
        Text,
        Text2,
        Text3,
        TextDisabled, // primary, secondary, captions, disabled only
        Success,
        SuccessSoft,
        Warning,
        WarningSoft,
        Danger,
        DangerSoft,
        Info,
        InfoSoft, // meaning
        Violet,
        VioletSoft,
        Neutral,
        NeutralSoft,
        DiffAdd,
        DiffAddStrong,
        DiffDel,
        DiffDelStrong,
        CodeBackground,
        BadgeRed,
        OnBadgeRed,
        WarningFill,
        DangerFill,
        DangerFillHover,
        DangerFillPressed,
        OnDangerFill,
        Presence,
        Tooltip,
        TooltipText,
        Shadow,
        Scrim,
        // Computed from the tenant's brand colour; see accent.h.
        Accent,
        OnAccent,
        AccentHover,
        AccentPressed,
        AccentLine,
        AccentSoft,
        AccentSoftHover,
        AccentText,
        Focus,
        AccentEdge,
        Count_
    };
    Q_ENUM(Color)

    // Device-independent pixels. From Scaled_ on they grow with the person's text size.
    enum class Length {
        Hairline,
        Ring,
        Space2,
        Space4,
        Space6,
        Space8,
        Space10,
        Space12,
        Space14,
        Space16,
        Space20,
        Space24,
        Space32,
        Space40,
        Space56,
        RadiusKey,
        RadiusSmall,
        RadiusControl,
        RadiusCard,
        RadiusSheet,
        RadiusDialog,
        IconTiny,
        IconSmall,
        IconMedium,
        IconLarge,
        IconHero,
        HeroTile,
        ScrollBar,
        ScrollThumbMinimum,
        Progress,
        Underline,
        NavBarWidth,
        NavBarHeight,
        RailWidth,
        RailWide,
        RailCollapsed,
        RailAutoCollapse,
        SearchMinimum,
        SearchMaximum,
        TenantSwitcher,
        WindowWidth,
        WindowHeight,
        WindowMinimumWidth,
        WindowMinimumHeight,
        DetailMinimum,
        DetailPreferred,
        DetailMaximum,
        FactLabel,
        DialogSmall,
        DialogMedium,
        DialogLarge,
        PaletteWidth,
        PaletteHeight,
        SignInForm,
        ToastMinimum,
        ToastMaximum,
        ColumnMinimum,
        SearchField,
        PresenceDot,
        CardMinimum,
        ChartMinimum,
        SettingsWidth,
        HelpWidth,
        SheetBlur,
        SheetShift,
        CardBlur,
        CardShift,
        PopupBlur,
        PopupShift,
        ToastBlur,
        ToastShift,
        PaletteBlur,
        PaletteShift,
        DonutRing,
        SparkWidth,
        ShareBar,
        Scaled_,
        ControlSmall = Scaled_,
        ControlMedium,
        ControlLarge,
        RowCompact,
        RowNormal,
        RowRoomy,
        HeaderRow,
        MenuRow,
        PaletteRow,
        PaletteField,
        NavRow,
        TabRow,
        TopBar,
        FilterRow,
        FooterRow,
        BannerRow,
        Chip,
        FilterChip,
        KeyCap,
        Badge,
        Check,
        SwitchWidth,
        SwitchHeight,
        AvatarSmall,
        AvatarMedium,
        AvatarLarge,
        TenantTile,
        ButtonMinimum,
        Target,
        SparkHeight,
        CodeLines,
        Count_
    };
    Q_ENUM(Length)

    enum class Type {
        Caption,
        Small,
        SmallStrong,
        Body,
        BodyStrong,
        Emphasis,
        TitleSmall,
        Title,
        Metric,
        Display,
        Mono,
        MonoEditor,
        CaptionDigits,
        SmallDigits,
        Digits,
        Count_
    };
    Q_ENUM(Type)

    enum class Motion { Hover, Popup, Pane, Count_ };
    Q_ENUM(Motion)

    struct TypeStyle
    {
        qreal size = 0;
        int weight = 400;
        qreal tracking = 0;
        qreal line = 0;
        QString family;
    };

    static constexpr auto computedColors = std::size_t(Color::Accent); // colours before this one are in the file

    std::array<std::array<QColor, std::size_t(Color::Count_)>, 2> colors; // light, dark
    std::array<QList<QColor>, 2> series;
    QList<QColor> avatars;
    QJsonObject accent;
    QJsonObject opacity;
    std::array<int, std::size_t(Length::Count_)> lengths{};
    std::array<TypeStyle, std::size_t(Type::Count_)> types;
    std::array<int, std::size_t(Motion::Count_)> motions{};

    // Reads the compiled-in file. A missing or surplus key ends the program: it is our own mistake.
    static Tokens load();
};

using ColorRole = Tokens::Color;
using Length = Tokens::Length;
using TextStyle = Tokens::Type;
using Motion = Tokens::Motion;

// A meaning with a text colour and a soft background: chips, banners, toasts.
enum class Tone { Neutral, Info, Success, Warning, Danger, Violet, Accent };

ColorRole textRole(Tone tone);
ColorRole softRole(Tone tone);
