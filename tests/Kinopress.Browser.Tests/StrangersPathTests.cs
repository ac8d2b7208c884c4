using Kinopress.Browser.Tests.Support;
using Kinopress.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Kinopress.Browser.Tests;

/// <summary>From the printed link to a film that plays, as somebody who has never seen Kinopress.</summary>
public sealed class StrangersPathTests(Chromium chromium)
{
    [Fact]
    public async Task A_stranger_sets_a_site_up_uploads_publishes_and_watches()
    {
        await using var site = await RunningSite.StartAsync();
        await using var visit = await Visit.BeginAsync(chromium, site.Address);
        await SetUpAsync(visit, site);

        await visit.Page.Locator("input[type=file]").SetInputFilesAsync(await SampleFilms.LongerAsync());
        await Expect(visit.Page.GetByRole(AriaRole.Progressbar, new() { Name = "Progress of longer.mp4" })).ToBeVisibleAsync();
        await visit.Page.GetByLabel("Title of longer.mp4").FillAsync("The first film");
        await visit.Page.GetByLabel("Title of longer.mp4").BlurAsync();
        await Expect(visit.Page.GetByText("Saved", new() { Exact = true })).ToBeVisibleAsync();

        await visit.ComeBackAsync();
        await visit.Page.GotoAsync("/studio/videos");
        await visit.Page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = "The first film", Exact = true }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { NameRegex = Pattern.Of("^Publish") }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Status).GetByText("Published")).ToBeVisibleAsync();
        await Expect(visit.Page.Locator("video-progress")).ToHaveAttributeAsync("state", "ready", new() { Timeout = 180_000 });

        await visit.Page.GotoAsync("/");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "The first film" }).ClickAsync();
        await Player.PressPlayAsync(visit.Page);
        await Player.WaitForTimeAsync(visit.Page, 2);
        await Expect(visit.Page).ToHaveTitleAsync(Pattern.Of("The first film"));
        Assert.Equal([720, 480, 360], (await Player.HeightsAsync(visit.Page)).Where(height => height >= 360).OrderDescending());
        Assert.True(await LoadsAsync(visit.Page, "poster", "image/"));
        await Eventually.HoldsAsync(
            async () =>
            {
                await visit.Page.ReloadAsync();
                return await LoadsAsync(visit.Page, "storyboard", "text/vtt");
            },
            "the preview strip, made beside the qualities, is there");
        Findings.AssertNone(visit.Complaints);
    }

    [Fact]
    public async Task A_film_dropped_on_the_upload_page_is_uploaded()
    {
        await using var site = await RunningSite.StartAsync();
        await using var visit = await Visit.BeginAsync(chromium, site.Address);
        await SetUpAsync(visit, site);
        var film = await File.ReadAllBytesAsync(await SampleFilms.ShortAsync());

        await visit.Page.EvaluateAsync(
            """
            (base64) => {
              const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
              const dataTransfer = new DataTransfer();
              dataTransfer.items.add(new File([bytes], 'dropped_film.mp4', { type: 'video/mp4' }));
              for (const name of ['dragenter', 'dragover', 'drop']) {
                document.body.dispatchEvent(new DragEvent(name, { dataTransfer, bubbles: true, cancelable: true }));
              }
            }
            """,
            Convert.ToBase64String(film));

        await Expect(visit.Page.GetByLabel("Title of dropped_film.mp4")).ToHaveValueAsync("dropped film");
        await Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Publish dropped_film.mp4" })).ToBeVisibleAsync();
        await Expect(visit.Page.Locator(".upload-row-status")).ToHaveTextAsync("Ready in every quality", new() { Timeout = 60_000 });
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Publish dropped_film.mp4" }).ClickAsync();
        await Expect(visit.Page.Locator(".upload-row-status")).ToHaveTextAsync("Published · Ready in every quality");
        await Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Publish dropped_film.mp4" })).ToBeHiddenAsync();
        await Expect(visit.Page.Locator(".upload-row").GetByRole(AriaRole.Link, new() { Name = "View" })).ToBeVisibleAsync();
        Findings.AssertNone(visit.Complaints);
    }

    private static async Task SetUpAsync(Visit visit, RunningSite site)
    {
        await visit.Page.GotoAsync(site.SetupLink?.ToString() ?? throw new InvalidOperationException("No setup link was printed."));
        await visit.Page.GetByLabel("Name of your site").FillAsync("River Films");
        await visit.Page.GetByLabel("Your name").FillAsync("Anna Owner");
        await visit.Page.GetByLabel("Your e-mail address").FillAsync(RunningSite.OwnerEmail);
        await visit.Page.GetByLabel("Password", new() { Exact = true }).FillAsync(RunningSite.OwnerPassword);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Open your site" }).ClickAsync();
        await Expect(visit.Page).ToHaveURLAsync(Pattern.Of("/studio/upload"));
        await Expect(visit.Page.Locator("upload-queue.is-live")).ToBeVisibleAsync();
    }

    private static Task<bool> LoadsAsync(IPage page, string attribute, string type) => page.EvaluateAsync<bool>(
        """
        async ([attribute, type]) => {
          const player = document.querySelector('kinopress-player');
          const address = player.getAttribute(attribute);
          if (!address) return false;
          const response = await fetch(address);
          return response.ok && response.headers.get('Content-Type').startsWith(type) && (await response.blob()).size > 0;
        }
        """,
        new[] { attribute, type });
}
