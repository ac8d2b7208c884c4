using System.Diagnostics;
using System.Text.RegularExpressions;
using Kinopress.Themes.Tests.Support;

namespace Kinopress.Themes.Tests;

public sealed partial class CoreThemeTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public static TheoryData<string> Pages { get; } = [.. Contexts().Keys];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_page_renders_whole_and_without_a_missing_word(string name)
    {
        var (template, context) = Contexts()[name];

        var page = CoreTheme.Engine.Render(template, context, CancellationToken.None);

        Assert.Empty(page.Problems);
        Assert.StartsWith("<!doctype html>", page.Html, StringComparison.Ordinal);
        Assert.EndsWith("</html>\n", page.Html, StringComparison.Ordinal);
        Assert.DoesNotMatch(MissingWord(), page.Html);
        Assert.Equal(1, Regex.Count(page.Html, "<h1[ >]"));
        foreach (var element in (string[])["div", "p", "a", "section", "article", "form", "details", "ul", "li", "span", "main"])
        {
            Assert.Equal(Regex.Count(page.Html, $"<{element}[ >]"), Regex.Count(page.Html, $"</{element}>"));
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_page_lives_under_a_strict_content_security_policy(string name)
    {
        var (template, context) = Contexts()[name];

        var html = CoreTheme.Engine.Render(template, context, CancellationToken.None).Html;

        Assert.DoesNotMatch(@"\sstyle=", html);
        Assert.DoesNotMatch(@"\son[a-z]+=", html);
        Assert.DoesNotMatch(@"<script(?![^>]*(src=|application/ld\+json))", html);
        Assert.DoesNotContain("<style", html, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Ids_are_unique_and_every_label_names_a_field(string name)
    {
        var (template, context) = Contexts()[name];

        var html = CoreTheme.Engine.Render(template, context, CancellationToken.None).Html;

        var ids = Regex.Matches(html, "\\sid=\"(?<id>[^\"]+)\"", RegexOptions.ExplicitCapture, Patience).Select(match => match.Groups["id"].Value).ToList();
        Assert.Equal(ids.Distinct(), ids);
        Assert.All(
            Regex.Matches(html, "\\s(?:for|aria-labelledby|aria-describedby)=\"(?<id>[^\"]+)\"", RegexOptions.ExplicitCapture, Patience).Select(match => match.Groups["id"].Value),
            target => Assert.Contains(target, ids));
    }

    [Fact]
    public void Every_asset_the_pages_name_exists()
    {
        var named = Contexts().Values
            .SelectMany(page => AssetAddress().Matches(CoreTheme.Engine.Render(page.Template, page.Context, CancellationToken.None).Html))
            .Select(match => match.Groups["path"].Value)
            .Distinct()
            .ToList();

        Assert.All(named, path => Assert.True(CoreTheme.Engine.TryReadAsset(path, out _), path));
        Assert.Equal(CoreTheme.Engine.ListAssets(), named.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Css_and_script_together_stay_under_sixty_kilobytes()
    {
        var size = CoreTheme.Engine.ListAssets().Sum(path => CoreTheme.Engine.TryReadAsset(path, out var content) ? content.Length : 0);

        output.WriteLine($"{size} bytes");
        Assert.InRange(size, 1, 60 * 1024);
    }

    [Fact]
    public void The_player_says_all_it_knows_and_is_a_plain_video_without_scripts()
    {
        var html = CoreTheme.Engine.Render("embed", SampleSite.Watch(SampleSite.Video("A \"b\""), [], layout: "embed"), CancellationToken.None).Html;

        Assert.Contains(
            "<kinopress-player src=\"/media/4fK2mPq8ZtA/master.m3u8\" poster=\"/thumbs/0.jpg\" storyboard=\"/media/4fK2mPq8ZtA/storyboard.vtt\" "
            + "title=\"A &quot;b&quot;\" video-id=\"4fK2mPq8ZtA\" duration-ms=\"754000\" lang=\"en\">"
            + "<video controls playsinline preload=\"none\" src=\"/media/4fK2mPq8ZtA/master.m3u8\" poster=\"/thumbs/0.jpg\" aria-label=\"A &quot;b&quot;\"></video></kinopress-player>",
            html,
            StringComparison.Ordinal);
        Assert.Contains("<noscript>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_video_that_is_not_ready_shows_how_far_it_is()
    {
        var html = CoreTheme.Engine.Render("watch", SampleSite.Watch(SampleSite.Video(isPlayable: false), []), CancellationToken.None).Html;

        Assert.DoesNotContain("<kinopress-player", html, StringComparison.Ordinal);
        Assert.Contains("value=\"42\"", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("live")]
    [InlineData("embed-live")]
    public void A_player_waits_under_the_card_of_a_live_that_is_not_on_air(string template)
    {
        var html = CoreTheme.Engine.Render(template, SampleSite.Live("waiting"), CancellationToken.None).Html;

        Assert.Contains("<kinopress-player standby inert title=", html, StringComparison.Ordinal);
        Assert.Contains(" live state-url=\"/rest/v1/lives/4fK2mPq8ZtA\" dvr-seconds=\"7200\" autoplay></kinopress-player>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("master.m3u8", html, StringComparison.Ordinal);
        Assert.Contains("data-live-card>", html, StringComparison.Ordinal);
        Assert.Contains("data-live-card hidden>", CoreTheme.Engine.Render(template, SampleSite.Live("live"), CancellationToken.None).Html, StringComparison.Ordinal);
    }

    [Fact]
    public void Chapters_are_links_that_seek_and_many_are_folded()
    {
        var few = CoreTheme.Engine.Render("watch", SampleSite.Watch(SampleSite.Video(chapters: 4), []), CancellationToken.None).Html;
        var many = CoreTheme.Engine.Render("watch", SampleSite.Watch(SampleSite.Video(chapters: 12), []), CancellationToken.None).Html;
        var one = CoreTheme.Engine.Render("watch", SampleSite.Watch(SampleSite.Video(chapters: 1), []), CancellationToken.None).Html;

        Assert.Contains("<details class=\"chapters\" open data-chapters>", few, StringComparison.Ordinal);
        Assert.Contains("href=\"?t=61\" data-seek=\"61\"", few, StringComparison.Ordinal);
        Assert.Contains("<details class=\"chapters\" data-chapters>", many, StringComparison.Ordinal);
        Assert.DoesNotContain("data-chapters", one, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refused_video_gives_no_address_away()
    {
        var html = CoreTheme.Engine.Render("watch", SampleSite.Watch(SampleSite.Video(), [], SampleSite.Refused()), CancellationToken.None).Html;

        Assert.DoesNotContain("master.m3u8", html, StringComparison.Ordinal);
        Assert.DoesNotContain("ld+json", html, StringComparison.Ordinal);
        Assert.Contains("Sign in to watch", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_home_page_of_24_cards_is_quick()
    {
        var context = SampleSite.Home(SampleSite.Cards(24));
        for (var i = 0; i < 1_500; i++)
        {
            CoreTheme.Engine.Render("home", context, CancellationToken.None);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < 300; i++)
        {
            CoreTheme.Engine.Render("home", context, CancellationToken.None);
        }

        output.WriteLine($"home of 24 cards: {watch.Elapsed.TotalMicroseconds / 300:0} µs, {(GC.GetAllocatedBytesForCurrentThread() - before) / 300 / 1024} KB");
    }

    private static Dictionary<string, (string Template, ThemeContext Context)> Contexts()
    {
        var longTitle = string.Join(' ', Enumerable.Repeat("Longitude", 20));
        return new(StringComparer.Ordinal)
        {
            ["home, empty"] = ("home", SampleSite.Home([])),
            ["home, empty, owner"] = ("home", SampleSite.Home([], SampleSite.Owner())),
            ["home, 1 video"] = ("home", SampleSite.Home(SampleSite.Cards(1))),
            ["home, 60 videos"] = ("home", SampleSite.Home(SampleSite.Cards(60))),
            ["home, long title"] = ("home", SampleSite.Home([SampleSite.Card(0, longTitle), SampleSite.Card(1, longTitle)])),
            ["home, Arabic"] = ("home", SampleSite.Home([SampleSite.Card(0, SampleSite.ArabicTitle)], locale: "ar")),
            ["home, no thumbnail"] = ("home", SampleSite.Home([SampleSite.Card(0, hasThumbnail: false), SampleSite.Card(1, hasThumbnail: false)])),
            ["lives"] = ("lives", SampleSite.Lives(2, 3)),
            ["lives, planned"] = ("lives", SampleSite.Lives(0, 2)),
            ["lives, empty"] = ("lives", SampleSite.Lives(0, 0)),
            ["lives, empty, owner"] = ("lives", SampleSite.Lives(0, 0, SampleSite.Owner())),
            ["watch"] = ("watch", SampleSite.Watch(SampleSite.Video(), SampleSite.Cards(9))),
            ["watch, nothing related"] = ("watch", SampleSite.Watch(SampleSite.Video(longTitle, description: ""), [])),
            ["watch, chapters"] = ("watch", SampleSite.Watch(SampleSite.Video(chapters: 4), [])),
            ["watch, many chapters"] = ("watch", SampleSite.Watch(SampleSite.Video(chapters: 12), [])),
            ["watch, owner"] = ("watch", SampleSite.Watch(SampleSite.Video(), [], viewer: SampleSite.Owner())),
            ["watch, preparing"] = ("watch", SampleSite.Watch(SampleSite.Video(isPlayable: false), [])),
            ["watch, refused"] = ("watch", SampleSite.Watch(SampleSite.Video(), [], SampleSite.Refused())),
            ["live, idle"] = ("live", SampleSite.Live("idle", "unlisted")),
            ["live, waiting"] = ("live", SampleSite.Live("waiting")),
            ["live, on air"] = ("live", SampleSite.Live("live", "live")),
            ["live, interrupted"] = ("live", SampleSite.Live("interrupted", "private")),
            ["live, ended"] = ("live", SampleSite.Live("ended")),
            ["live, ended with a replay"] = ("live", SampleSite.Live("ended", hasReplay: true)),
            ["live, embedded"] = ("embed-live", SampleSite.Live("waiting", layout: "embed")),
            ["live, embedded, on air"] = ("embed-live", SampleSite.Live("live", layout: "embed")),
            ["live, embedded, ended"] = ("embed-live", SampleSite.Live("ended", hasReplay: true, layout: "embed")),
            ["channel"] = ("channel", SampleSite.ChannelPage(SampleSite.Cards(24))),
            ["channel, empty, Arabic"] = ("channel", SampleSite.ChannelPage([], SampleSite.ArabicTitle, "ar")),
            ["login"] = ("login", SampleSite.Login()),
            ["login, refused"] = ("login", SampleSite.Login("The email or the password is not right.")),
            ["register"] = ("register", SampleSite.Register()),
            ["register, refused"] = ("register", SampleSite.Register(hasErrors: true)),
            ["error"] = ("error", SampleSite.Error()),
            ["embed"] = ("embed", SampleSite.Watch(SampleSite.Video(), [], layout: "embed")),
            ["embed, refused"] = ("embed", SampleSite.Watch(SampleSite.Video(), [], SampleSite.Refused(), layout: "embed")),
        };
    }

    /// <summary>A key printed in place of its words.</summary>
    [GeneratedRegex(@"[>""](nav|home|watch|live|video(?!\.other)|badge|player|channel|form|login|register|error|time|pagination)\.[a-z_]+[<""]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MissingWord();

    [GeneratedRegex("/assets/theme/(?<path>[^\"]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex AssetAddress();
}
