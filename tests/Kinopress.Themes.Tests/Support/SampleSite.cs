namespace Kinopress.Themes.Tests.Support;

/// <summary>Drops as the site supplies them, for a site that looks like somebody's.</summary>
internal static class SampleSite
{
    public const string ArabicTitle = "رحلة عبر الصحراء: كيف صنعنا فيلماً قصيراً في ثلاثة أيام فقط";

    private static readonly string[] Titles =
    [
        "A winter on the Lofoten islands",
        "How a violin is made, from the first cut to the first note",
        "Night train to Trieste",
        "Building a timber cabin alone: part three, the roof goes on before the snow",
        "Interview: the woman who maps glaciers",
        "Sourdough for people with no time",
        "Inside the last tram workshop",
        "Field recordings: rain on the harbour",
        "What the tide leaves behind",
        "The lighthouse keeper’s garden",
        "Repairing a 1962 film projector",
        "Slow cinema: an hour by the river",
    ];

    private static readonly string[] ChannelNames = ["North Light", "Workshop Diaries", "Mara Lindqvist", "Harbour Radio"];

    public static Drop Site() => new()
    {
        ["name"] = "North Light Films",
        ["tagline"] = "Short documentaries about people who make things by hand.",
        ["description"] = "Short documentaries about people who make things by hand, filmed slowly, in the north.",
        ["language"] = "en",
        ["registration_open"] = true,
        ["version"] = "0.1.0",
    };

    public static Drop Visitor() => new()
    {
        ["signed_in"] = false,
        ["name"] = null,
        ["initials"] = null,
        ["can_use_studio"] = false,
        ["studio_url"] = null,
        ["sign_out_url"] = "/logout",
        ["antiforgery_field"] = "__RequestVerificationToken",
        ["antiforgery_token"] = "CfDJ8token",
    };

    public static Drop Owner() => new()
    {
        ["signed_in"] = true,
        ["name"] = "Mara Lindqvist",
        ["initials"] = "ML",
        ["can_use_studio"] = true,
        ["studio_url"] = "/studio",
        ["sign_out_url"] = "/logout",
        ["antiforgery_field"] = "__RequestVerificationToken",
        ["antiforgery_token"] = "CfDJ8token",
    };

    public static Drop Channel(int number = 0, string? name = null) => new()
    {
        ["name"] = name ?? ChannelNames[number % ChannelNames.Length],
        ["handle"] = "north-light",
        ["url"] = "/@north-light",
        ["avatar_url"] = null,
        ["banner_url"] = null,
        ["initials"] = "NL",
        ["description"] = "Films about craft, weather and patience. New one every second Friday.\nhttps://example.org/north-light",
        ["videos_count"] = 48,
    };

    public static Drop Card(int number, string? title = null, bool hasThumbnail = true) => new(CardValues(number, title, hasThumbnail));

    public static IReadOnlyList<Drop> Cards(int count) => [.. Enumerable.Range(0, count).Select(number => Card(number, hasThumbnail: number % 9 != 5))];

    public static Drop Video(string? title = null, bool isPlayable = true, string? description = null, int chapters = 0)
    {
        var values = CardValues(0, title, hasThumbnail: true);
        values["description"] = description ?? string.Join("\n\n", Enumerable.Repeat(
            "Six weeks in a rorbu above the arctic circle, with one camera, two lenses and more wind than we had planned for. "
            + "Notes and map: https://example.org/lofoten?day=1&from=here.", 4));
        values["tags"] = new[] { "documentary", "norway", "winter", "boats" };
        values["category"] = "Travel";
        values["language"] = "en";
        values["licence"] = "CC BY-SA 4.0";
        values["visibility"] = "public";
        values["embed_url"] = "https://films.example/embed/4fK2mPq8ZtA";
        values["share_url"] = "https://films.example/watch/4fK2mPq8ZtA";
        values["state"] = isPlayable ? "ready" : "processing";
        values["chapters"] = Enumerable.Range(0, chapters).Select(number => new Drop { ["start_ms"] = number * 61_000L, ["title"] = $"{Titles[number % Titles.Length]} & more" }).ToList();
        values["progress"] = isPlayable ? 1.0 : 0.42;
        values["can_edit"] = false;
        values["edit_url"] = "/studio/videos/4fK2mPq8ZtA";
        values["download_url"] = null;
        values["player"] = new Drop
        {
            ["src"] = isPlayable ? "/media/4fK2mPq8ZtA/master.m3u8" : null,
            ["poster_url"] = "/thumbs/0.jpg",
            ["storyboard_vtt_url"] = "/media/4fK2mPq8ZtA/storyboard.vtt",
            ["title"] = title ?? Titles[0],
            ["duration_ms"] = 754_000,
            ["is_growing"] = false,
        };
        return new Drop(values);
    }

    public static Drop Allowed() => new() { ["allowed"] = true };

    public static Drop Refused() => new()
    {
        ["allowed"] = false,
        ["reason"] = "members",
        ["message"] = "This video is for members",
        ["action_url"] = "/login?return_url=/watch/4fK2mPq8ZtA",
        ["action_label"] = "Sign in to watch",
    };

    /// <summary>A whole context: the drops every page has, and the page's own.</summary>
    public static ThemeContext Page(string kind, IReadOnlyDictionary<string, object?> own, Drop? viewer = null, string layout = "default", string locale = "en", Drop? navigation = null)
    {
        var drops = new Dictionary<string, object?>(own, StringComparer.Ordinal)
        {
            ["site"] = Site(),
            ["viewer"] = viewer ?? Visitor(),
            ["nav"] = navigation ?? new Drop { ["search"] = null },
            ["page"] = new Drop
            {
                ["title"] = kind == "home" ? "North Light Films" : "A winter on the Lofoten islands",
                ["description"] = null,
                ["path"] = "/",
                ["canonical_url"] = "https://films.example/",
                ["kind"] = kind,
                ["noindex"] = kind is "login" or "register" or "error",
            },
        };
        return new ThemeContext { Drops = drops, Layout = layout, Locale = locale };
    }

    public static ThemeContext Home(IReadOnlyList<Drop> videos, Drop? viewer = null, string locale = "en") => Page("home", new Dictionary<string, object?>
    {
        ["videos"] = videos,
        ["has_videos"] = videos.Count > 0,
        ["next_url"] = videos.Count >= 24 ? "/?after=abc" : null,
        ["live"] = Array.Empty<Drop>(),
    }, viewer, locale: locale);

    public static ThemeContext Lives(int onAir, int planned, Drop? viewer = null)
    {
        var navigation = new Drop { ["search"] = null, ["live"] = new Drop { ["url"] = "/live", ["is_on_air"] = onAir > 0 } };
        return Page("lives", new Dictionary<string, object?>
        {
            ["on_air"] = Cards(onAir).Select((card, number) => With(With(card, "badge", "live"), "viewers", number * 128)).ToList(),
            ["planned"] = Enumerable.Range(0, planned).Select(number => With(With(Card(number, hasThumbnail: false), "scheduled_at", CoreTheme.Now.AddHours(7 + (number * 20))), "duration_ms", null)).ToList(),
            ["next_url"] = null,
        }, viewer, navigation: navigation);
    }

    public static ThemeContext Watch(Drop video, IReadOnlyList<Drop> related, Drop? access = null, Drop? viewer = null, string layout = "default") =>
        Page("watch", new Dictionary<string, object?> { ["video"] = video, ["related"] = related, ["access"] = access ?? Allowed() }, viewer, layout);

    /// <param name="state">idle, waiting, live, interrupted or ended.</param>
    public static ThemeContext Live(string state, string? badge = null, bool hasReplay = false, string layout = "default")
    {
        var video = Video();
        video["badge"] = badge;
        video["player"] = new Drop
        {
            ["src"] = state is "live" or "interrupted" ? "/media/l/public/4fK2mPq8ZtA/master.m3u8" : null,
            ["title"] = Titles[0],
            ["is_live"] = state is "live" or "interrupted",
            ["awaits_live"] = state is not ("live" or "interrupted"),
            ["state_url"] = "/rest/v1/lives/4fK2mPq8ZtA",
            ["dvr_seconds"] = 7200,
        };
        return Page("watch", new Dictionary<string, object?>
        {
            ["video"] = video,
            ["live"] = new Drop
            {
                ["state"] = state,
                ["is_on_air"] = state is "live" or "interrupted",
                ["scheduled_at"] = state == "waiting" ? CoreTheme.Now.AddHours(30) : null,
                ["started_at"] = state is "idle" or "waiting" ? null : CoreTheme.Now.AddHours(-1),
                ["replay_url"] = hasReplay ? "/watch/4fK2mPq8ZtB" : null,
                ["allows_clips"] = true,
                ["calendar_url"] = "/watch/4fK2mPq8ZtA/calendar.ics",
            },
            ["related"] = Cards(4),
            ["access"] = Allowed(),
        }, layout: layout);
    }

    public static ThemeContext ChannelPage(IReadOnlyList<Drop> videos, string? name = null, string locale = "en") => Page("channel", new Dictionary<string, object?>
    {
        ["channel"] = Channel(name: name),
        ["videos"] = videos,
        ["next_url"] = videos.Count >= 24 ? "/@north-light?after=abc" : null,
    }, locale: locale);

    public static ThemeContext Login(string? error = null) => Page("login", new Dictionary<string, object?>
    {
        ["form"] = new Drop { ["error"] = error, ["email"] = error is null ? null : "mara@example.org", ["return_url"] = "/studio", ["can_register"] = true },
    });

    public static ThemeContext Register(bool hasErrors = false) => Page("register", new Dictionary<string, object?>
    {
        ["form"] = new Drop
        {
            ["error"] = hasErrors ? "Check the fields below." : null,
            ["name"] = hasErrors ? "Mara" : null,
            ["email"] = hasErrors ? "mara@example.org" : null,
            ["errors"] = hasErrors ? new Drop { ["password"] = "This password is too short." } : new Drop(),
        },
    });

    public static ThemeContext Error() => Page("error", new Dictionary<string, object?>
    {
        ["error"] = new Drop
        {
            ["status"] = 404,
            ["title"] = "This page is not here",
            ["message"] = "The video may have been removed, or the link may be incomplete.",
            ["action_url"] = "/",
            ["action_label"] = "Go to the home page",
            ["trace_id"] = "00-8f2c1b7a",
        },
    });

    private static Drop With(Drop card, string name, object? value)
    {
        card[name] = value;
        return card;
    }

    private static Dictionary<string, object?> CardValues(int number, string? title, bool hasThumbnail) => new(StringComparer.Ordinal)
    {
        ["public_id"] = "4fK2mPq8ZtA",
        ["title"] = title ?? Titles[number % Titles.Length],
        ["url"] = "/watch/4fK2mPq8ZtA",
        ["duration_ms"] = 754_000L + (number * 403_000L),
        ["thumbnail_url"] = hasThumbnail ? $"/thumbs/{number % 12}.jpg" : null,
        ["thumbnail_srcset"] = null,
        ["storyboard"] = null,
        ["published_at"] = CoreTheme.Now.AddHours(-3 - (number * 31.7)),
        ["scheduled_at"] = null,
        ["views"] = number % 4 == 3 ? null : 1 + (number * number * 713),
        ["viewers"] = null,
        ["channel"] = Channel(number),
        ["badge"] = number switch { 2 => "members", 7 => "unlisted", _ => null },
        ["is_playable"] = number != 4,
        ["progress"] = number == 4 ? 0.4 : null,
        ["description"] = number == 0 ? "Six weeks in a rorbu above the arctic circle, with one camera, two lenses and more wind than we had planned for." : null,
    };
}
