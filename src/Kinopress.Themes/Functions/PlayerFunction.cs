using System.Globalization;
using System.Text;
using Kinopress.Themes.Rendering;
using Scriban.Runtime;

namespace Kinopress.Themes.Functions;

/// <summary>
/// <c>player video</c> or <c>player video {theatre: true, autoplay: true}</c>: the player element, with a native video element inside for visitors without JavaScript;
/// or a calm notice while there is nothing to play yet. Reads <c>video.player</c>, <c>public_id</c>,
/// <c>state</c>, <c>progress</c>, <c>language</c>. <c>player.is_live</c> is what is on air, which alone may start by itself;
/// <c>player.awaits_live</c> prints a player that waits until it is. <c>player.captions</c> is a list of <c>url</c>, <c>language</c>, <c>label</c>.
/// </summary>
internal static class PlayerFunction
{
    public static SafeHtml Print(FunctionCall call)
    {
        if (call.Object(0) is not { } video)
        {
            throw new FunctionException("'player' needs a video.");
        }

        var player = video["player"] as ScriptObject ?? [];
        var source = Address(call, player, "src");
        return SafeHtml.FromTrusted(source is not null ? PrintPlayer(call, video, player, source)
            : player["awaits_live"] is true ? PrintStandby(call, video, player)
            : PrintNotice(call, video, player));
    }

    private static string PrintPlayer(FunctionCall call, ScriptObject video, ScriptObject player, string source)
    {
        var markup = new StringBuilder("<kinopress-player");
        var poster = Address(call, player, "poster_url");
        Append(markup, "src", source);
        Append(markup, "poster", poster);
        Append(markup, "storyboard", Address(call, player, "storyboard_vtt_url"));
        Append(markup, "chapters", Address(call, player, "chapters_vtt_url"));
        Append(markup, "title", Text(call, player, "title"));
        Append(markup, "video-id", Text(call, video, "public_id"));
        Append(markup, "duration-ms", Text(call, player, "duration_ms"));
        Append(markup, "lang", Text(call, video, "language") ?? call.Locale.Code);
        var ratio = player["aspect_ratio"] as double?;
        Append(markup, "ratio", ratio?.ToString("0.####", CultureInfo.InvariantCulture));
        AppendFlag(markup, "portrait", ratio < 1);
        AppendFlag(markup, "growing", player["is_growing"] is true);
        AppendFlag(markup, "theatre", call.Object(1)?["theatre"] is true);
        if (player["is_live"] is true)
        {
            AppendLive(markup, call, player);
        }

        markup.Append("><video controls playsinline preload=\"none\"");
        Append(markup, "src", source);
        Append(markup, "poster", poster);
        Append(markup, "aria-label", Text(call, player, "title"));
        markup.Append('>');
        AppendCaptions(markup, call, player);
        markup.Append("</video></kinopress-player><noscript><p class=\"player-note\">")
            .Append(Say(call, "player.needs_script"))
            .Append(" <a href=\"").Append(HtmlText.Encode(source)).Append("\">").Append(Say(call, "player.open_stream")).Append("</a></p></noscript>");
        return markup.ToString();
    }

    // Nothing can be played or pressed before its script gives it an address: what the page says meanwhile lies over it.
    private static string PrintStandby(FunctionCall call, ScriptObject video, ScriptObject player)
    {
        var markup = new StringBuilder("<kinopress-player standby inert");
        Append(markup, "title", Text(call, player, "title"));
        Append(markup, "video-id", Text(call, video, "public_id"));
        Append(markup, "lang", Text(call, video, "language") ?? call.Locale.Code);
        AppendFlag(markup, "theatre", call.Object(1)?["theatre"] is true);
        AppendLive(markup, call, player);
        return markup.Append("></kinopress-player>").ToString();
    }

    private static void AppendLive(StringBuilder markup, FunctionCall call, ScriptObject player)
    {
        AppendFlag(markup, "live", isSet: true);
        Append(markup, "state-url", Address(call, player, "state_url"));
        Append(markup, "dvr-seconds", Text(call, player, "dvr_seconds"));
        AppendFlag(markup, "autoplay", call.Object(1)?["autoplay"] is true);
    }

    private static string PrintNotice(FunctionCall call, ScriptObject video, ScriptObject player)
    {
        var isFailed = Text(call, video, "state") == "failed";
        var name = isFailed ? "failed" : "preparing";
        var markup = new StringBuilder($"<div class=\"player-notice player-notice--{name}\" role=\"status\">");
        if (Address(call, player, "poster_url") is { } poster)
        {
            markup.Append("<img class=\"player-notice__poster\" alt=\"\"");
            Append(markup, "src", poster);
            markup.Append('>');
        }

        markup.Append("<div class=\"player-notice__words\"><p class=\"player-notice__title\">").Append(Say(call, $"player.{name}")).Append("</p>");
        if (!isFailed)
        {
            AppendProgress(markup, call, video);
        }

        markup.Append("<p class=\"player-notice__text\">").Append(Say(call, $"player.{name}_text")).Append("</p></div></div>");
        return markup.ToString();
    }

    private static void AppendProgress(StringBuilder markup, FunctionCall call, ScriptObject video)
    {
        markup.Append("<progress class=\"progress\" max=\"100\"");
        Append(markup, "aria-label", call.Locale.Say("player.progress", null, []));
        var share = video["progress"] is IConvertible value and not string ? value.ToDouble(CultureInfo.InvariantCulture) : 0;
        if (share is not (> 0 and <= 1))
        {
            markup.Append("></progress>");
            return;
        }

        var percent = ((int)(share * 100)).ToString(CultureInfo.InvariantCulture);
        Append(markup, "value", percent);
        markup.Append('>').Append(percent).Append("%</progress>");
    }

    private static void AppendCaptions(StringBuilder markup, FunctionCall call, ScriptObject player)
    {
        foreach (var captions in (player["captions"] as ScriptArray ?? []).OfType<ScriptObject>())
        {
            markup.Append("<track kind=\"captions\"");
            Append(markup, "src", Address(call, captions, "url"));
            Append(markup, "srclang", Text(call, captions, "language"));
            Append(markup, "label", Text(call, captions, "label"));
            markup.Append('>');
        }
    }

    private static string? Address(FunctionCall call, ScriptObject from, string name) =>
        Text(call, from, name) is { } address && UrlPolicy.Check(address) is { } allowed && allowed != UrlPolicy.Refused ? allowed : null;

    private static string? Text(FunctionCall call, ScriptObject from, string name) =>
        call.Print(from[name]) is { Length: > 0 } text ? text : null;

    private static string Say(FunctionCall call, string key) => HtmlText.Encode(call.Locale.Say(key, null, []));

    private static void AppendFlag(StringBuilder markup, string name, bool isSet) => markup.Append(isSet ? " " + name : string.Empty);

    private static void Append(StringBuilder markup, string name, string? value)
    {
        if (value is not null)
        {
            markup.Append(' ').Append(name).Append("=\"").Append(HtmlText.Encode(value)).Append('"');
        }
    }
}
