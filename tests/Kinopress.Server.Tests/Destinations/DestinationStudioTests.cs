using System.Net;
using Kinopress.Client;
using Kinopress.Core.Features.Destinations;
using Kinopress.Testing;
using DestinationEdit = Kinopress.Client.DestinationEdit;

namespace Kinopress.Server.Tests.Destinations;

/// <summary>A destination is changed on a page of its own.</summary>
public sealed class DestinationStudioTests
{
    [Fact]
    public async Task A_name_is_changed_and_an_empty_key_keeps_the_present_one()
    {
        await using var site = await TestSite.StartAsync();
        var (creator, studio, live) = await ArrangeAsync(site);
        var id = (await creator.Destinations.AddAsync(new DestinationEdit { Live = live, Name = "Mine", Url = "rtmp://live.example.org/app", StreamKey = "s3cret" })).Id;
        var page = await studio.OpenAsync($"/studio/lives/{live}/destinations");
        var address = page.QuerySelector("a[aria-label='Edit Mine']")?.GetAttribute("href") ?? "";

        using var saved = await studio.SubmitAsync(address, address, ("name", "Ours"));

        Assert.Equal($"/studio/lives/{live}/destinations?done=saved", saved.Headers.Location?.OriginalString);
        Assert.Equal(("Ours", "custom", "rtmp://live.example.org/app", true), Shown(await creator.Destinations.GetAsync(id)));
        Assert.Equal("s3cret", await KeyOfAsync(site, id));
        Assert.DoesNotContain("s3cret", (await studio.OpenAsync(address)).Source.Text, StringComparison.Ordinal);
        Assert.Contains("destination.edited", await site.EventsAsync());
    }

    [Fact]
    public async Task Address_and_key_are_changed_and_it_is_switched_off()
    {
        await using var site = await TestSite.StartAsync();
        var (creator, studio, live) = await ArrangeAsync(site);
        var id = (await creator.Destinations.AddAsync(new DestinationEdit { Name = "Mine", Url = "rtmp://live.example.org/app", StreamKey = "s3cret" })).Id;
        var address = $"/studio/lives/{live}/destinations/{id}";

        using var saved = await studio.SubmitAsync(address, address, ("url", "rtmps://other.example.org/app"), ("streamKey", "0ther"), ("enabled", "false"));
        var switchedOff = await creator.Destinations.GetAsync(id);
        using var switchedOn = await studio.SubmitAsync(address, address, ("enabled", "true"));

        Assert.Equal(HttpStatusCode.Found, saved.StatusCode);
        Assert.Equal(("Mine", "custom", "rtmps://other.example.org/app", false), Shown(switchedOff));
        Assert.True((await creator.Destinations.GetAsync(id)).Enabled);
        Assert.Equal("0ther", await KeyOfAsync(site, id));
    }

    [Fact]
    public async Task Another_service_brings_its_own_name_and_server_and_needs_its_own_key()
    {
        await using var site = await TestSite.StartAsync();
        var (creator, studio, live) = await ArrangeAsync(site);
        var id = (await creator.Destinations.AddAsync(new DestinationEdit { Live = live, Preset = "youtube", StreamKey = "s3cret" })).Id;
        var address = $"/studio/lives/{live}/destinations/{id}";

        using var refused = await studio.SubmitAsync(address, address, ("preset", "twitch"));
        var page = await studio.ReadAsync(refused);
        using var saved = await studio.SubmitAsync(address, address, ("preset", "twitch"), ("streamKey", "0ther"));

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("Enter the key again", page.QuerySelector("#streamKey-error")?.TextContent, StringComparison.Ordinal);
        Assert.Equal("twitch", page.QuerySelector("#preset option[selected]")?.GetAttribute("value"));
        Assert.Equal(HttpStatusCode.Found, saved.StatusCode);
        Assert.Equal(("Twitch", "twitch", "rtmps://live.twitch.tv/app", true), Shown(await creator.Destinations.GetAsync(id)));
    }

    [Fact]
    public async Task The_address_of_the_server_before_is_not_kept_for_a_service_that_has_its_own()
    {
        await using var site = await TestSite.StartAsync();
        var (creator, studio, live) = await ArrangeAsync(site);
        var id = (await creator.Destinations.AddAsync(new DestinationEdit { Live = live, Name = "Mine", Url = "rtmp://live.example.org/app", StreamKey = "s3cret" })).Id;
        var address = $"/studio/lives/{live}/destinations/{id}";

        using var saved = await studio.SubmitAsync(address, address, ("preset", "facebook"), ("streamKey", "0ther"));

        Assert.Equal(("Mine", "facebook", "rtmps://live-api-s.facebook.com:443/rtmp", true), Shown(await creator.Destinations.GetAsync(id)));
    }

    [Theory]
    [InlineData("name", " ", "name", "Give it a name")]
    [InlineData("url", "", "url", "Write the server's address")]
    [InlineData("url", "http://127.0.0.1/admin", "url", "begins with rtmp")]
    [InlineData("url", "rtmp://elsewhere.example.org/app", "streamKey", "Enter the key again")]
    [InlineData("preset", "9", "preset", "Choose youtube")]
    [InlineData("streamKey", "a b", "streamKey", "no blanks")]
    public async Task What_is_wrong_stands_at_its_field_and_the_rest_is_kept(string field, string value, string named, string words)
    {
        await using var site = await TestSite.StartAsync();
        var (creator, studio, live) = await ArrangeAsync(site);
        var id = (await creator.Destinations.AddAsync(new DestinationEdit { Live = live, Name = "Mine", Url = "rtmp://live.example.org/app", StreamKey = "s3cret" })).Id;
        var address = $"/studio/lives/{live}/destinations/{id}";
        (string Name, string Value)[] typed = [("name", "Ours"), ("enabled", "false")];

        using var refused = await studio.SubmitAsync(address, address, [.. typed.Where(one => one.Name != field), (field, value)]);
        var page = await studio.ReadAsync(refused);

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains(words, page.QuerySelector($"#{named}-error")?.TextContent, StringComparison.Ordinal);
        Assert.Equal(field == "name" ? value : "Ours", page.QuerySelector("#name")?.GetAttribute("value"));
        Assert.False(page.QuerySelector("[name=enabled]")?.HasAttribute("checked"));
        Assert.DoesNotContain("a b", page.QuerySelector("#streamKey")?.OuterHtml, StringComparison.Ordinal);
        Assert.Equal(("Mine", "custom", "rtmp://live.example.org/app", true), Shown(await creator.Destinations.GetAsync(id)));
        Assert.Equal("s3cret", await KeyOfAsync(site, id));
    }

    [Fact]
    public async Task Somebody_elses_and_those_of_another_live_are_not_there()
    {
        await using var site = await TestSite.StartAsync();
        var (creator, studio, live) = await ArrangeAsync(site);
        var second = (await creator.Lives.CreateAsync(new LiveEdit { Title = "Second" })).PublicId;
        var id = (await creator.Destinations.AddAsync(new DestinationEdit { Live = live, Preset = "twitch", StreamKey = "a" })).Id;
        var other = await site.BrowserAsync(TestPeople.OtherCreator);

        using var foreign = await other.GetAsync($"/studio/lives/{live}/destinations/{id}");
        using var misplaced = await studio.GetAsync($"/studio/lives/{second}/destinations/{id}");
        using var missing = await studio.GetAsync($"/studio/lives/{live}/destinations/{Guid.Empty}");

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NotFound), (foreign.StatusCode, misplaced.StatusCode, missing.StatusCode));
    }

    private static async Task<(KinopressClient Creator, TestBrowser Studio, string Live)> ArrangeAsync(TestSite site)
    {
        var creator = await site.ClientAsync("creator");
        return (creator, await site.BrowserAsync("creator"), (await creator.Lives.CreateAsync(new LiveEdit { Title = "Show" })).PublicId);
    }

    private static (string Name, string Preset, string Url, bool Enabled) Shown(Client.Destination destination) => (destination.Name, destination.Preset, destination.Url, destination.Enabled);

    private static async Task<string?> KeyOfAsync(TestSite site, Guid id) =>
        (await site.UseAsync((DestinationQueries queries) => queries.FindTargetAsync(new(id), CancellationToken.None)))?.StreamKey;
}
