using Kinopress.Browser.Tests.Support;
using Kinopress.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Kinopress.Browser.Tests;

public sealed class ResumeTests(Chromium chromium)
{
    /// <summary>Random noise hardly compresses: about 30 MB, four chunks.</summary>
    private static Task<string> LargeFilmAsync() => SampleFilms.MakeAsync(
        "noise.mp4", "-f lavfi -i nullsrc=size=640x360:rate=30,noise=alls=100:allf=t -t 8 -c:v libx264 -preset ultrafast -qp 12 -pix_fmt yuv420p -movflags +faststart");

    [Fact]
    public async Task A_broken_upload_goes_on_where_it_stopped_when_the_same_file_is_chosen_again()
    {
        await using var site = await RunningSite.StartAsync();
        await site.SetUpAsync();
        await using var visit = await Visit.BeginAsync(chromium, site.Address);
        await visit.SignInAsync(RunningSite.OwnerEmail, RunningSite.OwnerPassword);
        var film = await LargeFilmAsync();
        await visit.Page.GotoAsync("/studio/upload");

        // The second chunk never leaves, as when a train enters a tunnel.
        var chunks = 0;
        var secondChunk = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await visit.Context.RouteAsync(Pattern.Of("/rest/v1/uploads/"), async route =>
        {
            if (route.Request.Method == "PATCH" && ++chunks == 2)
            {
                secondChunk.TrySetResult();
                await route.AbortAsync();
                return;
            }

            await route.ContinueAsync();
        });
        await visit.Page.Locator("input[type=file]").SetInputFilesAsync(film);
        await secondChunk.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await visit.Context.SetOfflineAsync(true);
        await Expect(visit.Page.Locator(".upload-row-status")).ToContainTextAsync("The connection was lost");

        await visit.ComeBackAsync();
        await visit.Context.SetOfflineAsync(false);
        await visit.Context.UnrouteAllAsync();
        await visit.Page.GotoAsync("/studio/upload");
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Unfinished uploads" })).ToBeVisibleAsync();
        var firstPatch = visit.Page.WaitForRequestAsync(request => request.Method == "PATCH" && request.Url.Contains("/uploads/", StringComparison.Ordinal));
        await visit.Page.Locator("input[type=file]").SetInputFilesAsync(film);

        Assert.Equal((8 * 1024 * 1024).ToString(System.Globalization.CultureInfo.InvariantCulture), (await firstPatch).Headers["upload-offset"]);
        await Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Publish noise.mp4" })).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Unfinished uploads" })).ToBeHiddenAsync();
    }
}
