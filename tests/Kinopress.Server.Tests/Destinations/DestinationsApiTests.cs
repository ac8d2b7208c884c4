using System.Text;
using Kinopress.Client;
using Kinopress.Core.Data;
using Kinopress.Core.Features.Destinations;
using Kinopress.Server.Tests.Support;
using Kinopress.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using DestinationEdit = Kinopress.Client.DestinationEdit;
using LiveEdit = Kinopress.Client.LiveEdit;

namespace Kinopress.Server.Tests.Destinations;

public sealed class DestinationsApiTests
{
    [Fact]
    public async Task A_destination_never_shows_its_key_and_keeps_it_encrypted()
    {
        await using var site = await TestSite.StartAsync();
        var creator = await site.ClientAsync("creator");
        var live = await creator.Lives.CreateAsync(new LiveEdit { Title = "Show" });

        var added = await creator.Destinations.AddAsync(new DestinationEdit { Live = live.PublicId, Preset = "youtube", StreamKey = "abcd-s3cret-efgh" });
        using var http = await site.HttpAsync("creator");
        var text = await http.GetStringAsync($"/rest/v1/destinations/{added.Id}", TestContext.Current.CancellationToken);
        var stored = await site.UseAsync((KinopressDbContext db) => db.Destinations.AsNoTracking().SingleAsync());

        Assert.Equal((live.PublicId, "YouTube", "youTube", "rtmps://a.rtmps.youtube.com/live2", true, "off"), (added.Live, added.Name, added.Preset, added.Url, added.Enabled, added.State));
        Assert.DoesNotContain("s3cret", text, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", Encoding.Latin1.GetString(stored.SealedStreamKey), StringComparison.Ordinal);
        Assert.Equal(["site.changed", "live.created", "destination.added"], await site.EventsAsync());
    }

    [Fact]
    public async Task Destinations_belong_to_a_live_or_to_every_live_of_a_channel()
    {
        await using var site = await TestSite.StartAsync();
        var creator = await site.ClientAsync("creator");
        var first = await creator.Lives.CreateAsync(new LiveEdit { Title = "First" });
        var second = await creator.Lives.CreateAsync(new LiveEdit { Title = "Second" });

        await creator.Destinations.AddAsync(new DestinationEdit { Preset = "twitch", StreamKey = "a" });
        await creator.Destinations.AddAsync(new DestinationEdit { Live = first.PublicId, Name = "Mine", Url = "rtmp://live.example.org/app", StreamKey = "b" });

        Assert.Equal(["Twitch", "Mine"], (await creator.Destinations.ListAsync()).Items.Select(item => item.Name));
        Assert.Equal(["Twitch", "Mine"], (await creator.Destinations.ListAsync(first.PublicId)).Items.Select(item => item.Name));
        Assert.Equal(["Twitch"], (await creator.Destinations.ListAsync(second.PublicId)).Items.Select(item => item.Name));
    }

    [Fact]
    public async Task A_destination_is_changed_switched_and_deleted()
    {
        await using var site = await TestSite.StartAsync();
        var creator = await site.ClientAsync("creator");
        var id = (await creator.Destinations.AddAsync(new DestinationEdit { Preset = "custom", Name = "Mine", Url = "rtmp://live.example.org/app/s3cret" })).Id;

        var edited = await creator.Destinations.EditAsync(id, new DestinationEdit { Name = "Ours", Url = "rtmps://other.example.org/app", StreamKey = "0ther" });
        var disabled = await creator.Destinations.DisableAsync(id);
        var enabled = await creator.Destinations.EnableAsync(id);
        await creator.Destinations.DeleteAsync(id);

        Assert.Equal(("Ours", "rtmps://other.example.org/app"), (edited.Name, edited.Url));
        Assert.Equal((false, true), (disabled.Enabled, enabled.Enabled));
        Assert.Empty((await creator.Destinations.ListAsync()).Items);
        Assert.Equal("destination.not_found", (await Refusals.RefusedAsync(() => creator.Destinations.GetAsync(id))).Code);
    }

    [Fact]
    public async Task Somebody_elses_destinations_are_not_there()
    {
        await using var site = await TestSite.StartAsync();
        var creator = await site.ClientAsync("creator");
        var other = await site.ClientAsync(TestPeople.OtherCreator);
        var live = await creator.Lives.CreateAsync(new LiveEdit { Title = "Show" });
        var added = await creator.Destinations.AddAsync(new DestinationEdit { Live = live.PublicId, Preset = "twitch", StreamKey = "a" });

        Assert.Empty((await other.Destinations.ListAsync()).Items);
        Assert.Equal("live.not_found", (await Refusals.RefusedAsync(() => other.Destinations.ListAsync(live.PublicId))).Code);
        Assert.Equal("live.not_found", (await Refusals.RefusedAsync(() => other.Destinations.AddAsync(new DestinationEdit { Live = live.PublicId, Preset = "twitch", StreamKey = "a" }))).Code);
        Assert.Equal("destination.not_found", (await Refusals.RefusedAsync(() => other.Destinations.EditAsync(added.Id, new DestinationEdit { Name = "Taken" }))).Code);
        Assert.Equal("destination.not_found", (await Refusals.RefusedAsync(() => other.Destinations.DisableAsync(added.Id))).Code);
        Assert.Equal("destination.not_found", (await Refusals.RefusedAsync(() => other.Destinations.DeleteAsync(added.Id))).Code);
    }

    [Fact]
    public async Task A_token_without_the_right_to_go_live_sees_nothing()
    {
        await using var site = await TestSite.StartAsync();
        var reader = await site.ClientAsync("creator", "videos:read");

        Assert.Equal(403, (await Refusals.RefusedAsync(() => reader.Destinations.ListAsync())).Status);
    }

    [Fact]
    public async Task What_is_wrong_is_named_by_field()
    {
        await using var site = await TestSite.StartAsync();
        var creator = await site.ClientAsync("creator");

        var problem = await Refusals.RefusedAsync(() => creator.Destinations.AddAsync(new DestinationEdit { Preset = "kick", Url = "http://127.0.0.1:8080/admin", StreamKey = "a" }));

        Assert.Equal((400, "destination.invalid"), (problem.Status, problem.Code));
        Assert.Equal(["url"], problem.Errors?.Keys ?? Enumerable.Empty<string>());
    }

    [Theory]
    [InlineData("rtmp://elsewhere.example.org/app")]
    [InlineData("rtmp://live.example.org:1936/app")]
    [InlineData("rtmps://live.example.org/app")]
    [InlineData("rtmp://live.example.org/other")]
    public async Task The_key_goes_to_no_other_server_than_it_was_entered_for(string url)
    {
        await using var site = await TestSite.StartAsync();
        var creator = await site.ClientAsync("creator");
        var id = (await creator.Destinations.AddAsync(new DestinationEdit { Name = "Mine", Url = "rtmp://live.example.org/app", StreamKey = "s3cret" })).Id;

        var problem = await Refusals.RefusedAsync(() => creator.Destinations.EditAsync(id, new DestinationEdit { Url = url }));
        var same = await creator.Destinations.EditAsync(id, new DestinationEdit { Name = "Ours", Url = "rtmp://LIVE.example.org:1935/app/" });
        var moved = await creator.Destinations.EditAsync(id, new DestinationEdit { Url = url, StreamKey = "0ther" });

        Assert.Equal((400, "destination.invalid"), (problem.Status, problem.Code));
        Assert.Equal(["Enter the key again: the server is another."], problem.Errors?["streamKey"] ?? []);
        Assert.Equal(("Ours", url), (same.Name, moved.Url));
    }

    [Fact]
    public async Task Another_service_needs_a_key_of_its_own()
    {
        await using var site = await TestSite.StartAsync();
        var creator = await site.ClientAsync("creator");
        var id = (await creator.Destinations.AddAsync(new DestinationEdit { Preset = "youtube", StreamKey = "s3cret" })).Id;

        var problem = await Refusals.RefusedAsync(() => creator.Destinations.EditAsync(id, new DestinationEdit { Preset = "twitch" }));

        Assert.Equal(["streamKey"], problem.Errors?.Keys ?? Enumerable.Empty<string>());
    }

    [Fact]
    public async Task Whoever_sends_asks_once_for_all_lives_and_hears_of_changes()
    {
        await using var site = await TestSite.StartAsync();
        var creator = await site.ClientAsync("creator");
        var first = await creator.Lives.CreateAsync(new LiveEdit { Title = "First" });
        var second = await creator.Lives.CreateAsync(new LiveEdit { Title = "Second" });
        var changed = site.Services.GetRequiredService<DestinationBoard>().Changes.WhenRaised;
        var everywhere = (await creator.Destinations.AddAsync(new DestinationEdit { Preset = "twitch", StreamKey = "a" })).Id;
        var own = (await creator.Destinations.AddAsync(new DestinationEdit { Live = first.PublicId, Preset = "youtube", StreamKey = "b" })).Id;
        var off = (await creator.Destinations.AddAsync(new DestinationEdit { Live = second.PublicId, Preset = "youtube", StreamKey = "c" })).Id;
        await creator.Destinations.DisableAsync(off);

        await changed.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        var ids = await site.UseAsync((KinopressDbContext db) => db.Lives.AsNoTracking().ToDictionaryAsync(live => live.Id, live => live.PublicId));
        var wanted = await site.UseAsync((DestinationQueries queries) => queries.ListWantedAsync(ids.Keys, CancellationToken.None));
        var target = await site.UseAsync((DestinationQueries queries) => queries.FindTargetAsync(new(own), CancellationToken.None));
        var nowhere = await site.UseAsync((DestinationQueries queries) => queries.FindTargetAsync(new(off), CancellationToken.None));

        Assert.Equal(
            new[] { (first.PublicId, everywhere), (first.PublicId, own), (second.PublicId, everywhere) }.Order(),
            wanted.Select(one => (ids[one.LiveId], one.Id.Value)).Order());
        Assert.Equal(("b", null), (target?.StreamKey, nowhere));
    }

    [Fact]
    public async Task Studio_shows_adds_and_deletes_without_script()
    {
        await using var site = await TestSite.StartAsync();
        var creator = await site.ClientAsync("creator");
        var live = await creator.Lives.CreateAsync(new LiveEdit { Title = "Show" });
        var browser = await site.BrowserAsync("creator");
        var address = $"/studio/lives/{live.PublicId}/destinations";

        using var refused = await browser.SubmitAsync(address, address, ("preset", "kick"), ("streamKey", "s3cret"));
        var again = await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        using var added = await browser.SubmitAsync(address, address, ("preset", "twitch"), ("streamKey", "s3cret"));
        var page = await browser.OpenAsync(address);

        Assert.Equal(400, (int)refused.StatusCode);
        Assert.DoesNotContain("s3cret", again, StringComparison.Ordinal);
        Assert.Equal(302, (int)added.StatusCode);
        Assert.Contains("Starts with the live", page.Body?.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", page.Source.Text, StringComparison.Ordinal);
        var id = (await creator.Destinations.ListAsync(live.PublicId)).Items.Single().Id;
        using var deleted = await browser.SubmitAsync(address, $"{address}/{id}/delete");
        Assert.Empty((await creator.Destinations.ListAsync(live.PublicId)).Items);
    }
}
