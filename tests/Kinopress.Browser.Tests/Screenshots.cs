using Kinopress.Browser.Tests.Support;
using Kinopress.Testing;
using Microsoft.Playwright;

namespace Kinopress.Browser.Tests;

/// <summary>
/// Not a test: pictures of every page for people to judge. Set <c>KINOPRESS_SCREENSHOTS</c> to a folder; add
/// <c>KINOPRESS_SCREENSHOTS_OF</c> with part of a picture's name to take only some.
/// </summary>
public sealed class Screenshots(Chromium chromium)
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("KINOPRESS_SCREENSHOTS");
    private static readonly string Wanted = Environment.GetEnvironmentVariable("KINOPRESS_SCREENSHOTS_OF") ?? "";
    private static readonly int[] Widths = [360, 768, 1440];

    internal static bool AreWanted => Folder is not null;

    [Fact]
    public async Task Every_page_at_every_width_in_both_schemes()
    {
        Assert.SkipWhen(Folder is null, "KINOPRESS_SCREENSHOTS is not set.");

        await using var site = await RunningSite.StartAsync(Path.Combine(Directory.CreateDirectory(Folder).FullName, "..", "shots-site"));
        var token = site.SetupLink is { } link ? await BeginAsync(site, link) : (await site.RunAsync(["token", "create", "--user", RunningSite.OwnerEmail, "--name", "pictures"])).Output.Trim();
        using var videos = new VideoClient(site.Address, token);
        var catalogue = await videos.ListAsync();
        if (catalogue.Count == 0)
        {
            await FillAsync(videos, site.Data);
            catalogue = await videos.ListAsync();
        }

        await using var visit = await Visit.BeginAsync(chromium, site.Address);
        var session = await visit.SignInAsync(RunningSite.OwnerEmail, RunningSite.OwnerPassword);
        string Id(string title) => catalogue.First(video => video.Title == title).PublicId;
        (string Name, string Address, bool IsOwner)[] pages =
        [
            ("home", "/", false), ("home-owner", "/", true), ("watch", $"/watch/{Id("The tide comes in at Bray")}", false),
            ("watch-failed", $"/watch/{Id("Wedding tape, side B")}", true), ("watch-private", $"/watch/{Id("Rough cut, do not share")}", true),
            ("channel", "/@film-night", false), ("login", "/login", false), ("error", "/nowhere", false), ("embed", $"/embed/{Id("The tide comes in at Bray")}", false),
            ("studio-videos", "/studio/videos", true), ("studio-trash", "/studio/videos?tab=trash", true), ("studio-search-none", "/studio/videos?search=zebra", true),
            ("studio-upload", "/studio/upload", true), ("studio-video", $"/studio/videos/{Id("The tide comes in at Bray")}", true),
            ("studio-failed", $"/studio/videos/{Id("Wedding tape, side B")}", true), ("studio-settings", "/studio/settings", true), ("studio-account", "/studio/account", true),
            ("studio-channel", "/studio/channel", true), ("account", "/account", true),
        ];
        foreach (var isDark in new[] { false, true })
        {
            foreach (var width in Widths)
            {
                foreach (var (name, address, isOwner) in pages.Where(page => page.Name.Contains(Wanted, StringComparison.Ordinal)))
                {
                    await TakeAsync(site.Address, address, name, width, isDark, isOwner ? session : null);
                }
            }
        }
    }

    private async Task<string> BeginAsync(RunningSite site, Uri link)
    {
        foreach (var width in Widths)
        {
            await TakeAsync(site.Address, link.PathAndQuery, "wizard", width, isDark: width == 768, session: null);
            await TakeAsync(site.Address, "/setup?token=wrong", "wizard-expired", width, isDark: width == 768, session: null);
        }

        var token = await site.SetUpAsync();
        await using var visit = await Visit.BeginAsync(chromium, site.Address);
        var session = await visit.SignInAsync(RunningSite.OwnerEmail, RunningSite.OwnerPassword);
        foreach (var width in Widths)
        {
            await TakeAsync(site.Address, "/", "empty-home", width, isDark: true, session: null);
            await TakeAsync(site.Address, "/", "empty-home-owner", width, isDark: false, session);
            await TakeAsync(site.Address, "/studio/videos", "empty-studio", width, isDark: false, session);
            await TakeAsync(site.Address, "/studio/upload?done=welcome", "empty-upload", width, isDark: true, session);
        }

        return token;
    }

    private static async Task FillAsync(VideoClient videos, string data)
    {
        foreach (var film in Pictures.All)
        {
            var path = await SampleFilms.MakeAsync(
                $"picture-{film.Name}.mp4",
                $"-f lavfi -i {film.Source},format=yuv420p -f lavfi -i sine={film.Tone}:sample_rate=48000 -t {film.Seconds} -c:v libx264 -preset ultrafast -crf 24 -g 60 -c:a aac -shortest");
            var id = await videos.UploadAsync(path, film.Title);
            await videos.EditAsync(id, new { description = film.Description, tags = film.Tags, visibility = film.Visibility });
            if (film.IsPublished)
            {
                await videos.PublishAsync(id);
            }

            await videos.WaitAsync(id, "ready", "playable");
        }

        await videos.WaitForFailureAsync(await videos.UploadAsync(await NotAFilm.BrokenAsync(), "Wedding tape, side B"), data);
    }

    private async Task TakeAsync(Uri site, string address, string name, int width, bool isDark, string? session)
    {
        await using var visit = await Visit.BeginAsync(
            chromium, site, new VisitOptions { Width = width, Height = width == 360 ? 740 : 900, IsDark = isDark, Session = session });
        await visit.Page.GotoAsync(address, new PageGotoOptions { WaitUntil = WaitUntilState.Load });
        await visit.Page.EvaluateAsync("() => Promise.all([...document.images].map((image) => { image.loading = 'eager'; return image.decode().catch(() => {}); }))");
        await visit.Page.ScreenshotAsync(new PageScreenshotOptions
        {
            Path = Path.Combine(Folder ?? ".", $"{name}-{width}-{(isDark ? "dark" : "light")}.png"),
            FullPage = true,
            Animations = ScreenshotAnimations.Disabled,
        });
    }
}
