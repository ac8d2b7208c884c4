using System.Net;
using Kinopress.Client;
using Kinopress.Server.Tests.Support;
using Kinopress.Testing;

namespace Kinopress.Server.Tests.Channels;

public sealed class ChannelTests
{
    [Fact]
    public async Task Its_owner_changes_name_address_and_description()
    {
        await using var site = await TestSite.StartAsync();
        var creator = await site.ClientAsync("creator");

        var channel = await creator.Channels.EditAsync("creator", new ChannelEdit { Name = "River Films", Handle = "@River-Films", Description = "Slow water." });
        using var former = await site.Http.GetAsync("/@creator");
        var page = await site.Http.GetStringAsync("/@river-films");

        Assert.Equal(new Channel("river-films", "River Films", "/@river-films", "Slow water."), channel);
        Assert.Equal(channel, await site.Stranger().Channels.GetAsync("River-Films"));
        Assert.Equal(HttpStatusCode.NotFound, former.StatusCode);
        Assert.Contains("Slow water.", page, StringComparison.Ordinal);
        Assert.Contains("channel.edited", await site.EventsAsync());
    }

    [Theory]
    [InlineData("", null, "name")]
    [InlineData(null, "", "handle")]
    [InlineData(null, "two words", "handle")]
    [InlineData(null, "-a", "handle")]
    [InlineData(null, "a--b", "handle")]
    [InlineData(null, "ähre", "handle")]
    [InlineData(null, "a123456789012345678901234567890", "handle")]
    [InlineData(null, "Creator2", "handle")]
    public async Task Each_mistake_is_named_by_its_field(string? name, string? handle, string field)
    {
        await using var site = await TestSite.StartAsync();
        var creator = await site.ClientAsync("creator");

        var problem = await Refusals.RefusedAsync(() => creator.Channels.EditAsync("creator", new ChannelEdit { Name = name, Handle = handle }));

        Assert.Equal((400, "channel.invalid"), (problem.Status, problem.Code));
        Assert.Equal(field, Assert.Single(problem.Errors?.Keys ?? []));
    }

    [Fact]
    public async Task Nobody_changes_somebody_elses()
    {
        await using var site = await TestSite.StartAsync();
        var other = await site.ClientAsync(TestPeople.OtherCreator);

        await Refusals.IsRefusedAsync("channel.not_allowed", () => other.Channels.EditAsync("creator", new ChannelEdit { Name = "Mine" }));
        await Refusals.IsRefusedAsync("channel.not_found", () => other.Channels.EditAsync("nothing", new ChannelEdit { Name = "Mine" }));
    }

    [Fact]
    public async Task Studio_edits_the_channel_of_whoever_is_signed_in()
    {
        await using var site = await TestSite.StartAsync();
        var browser = await site.BrowserAsync("creator");

        using var taken = await browser.SubmitAsync("/studio/channel", "/studio/channel/creator", ("handle", "creator2"), ("description", "Typed"));
        using var saved = await browser.SubmitAsync("/studio/channel", "/studio/channel/creator", ("name", "River Films"), ("handle", "river"));
        var refused = await browser.ReadAsync(taken);
        var page = await browser.OpenAsync("/studio/channel");

        Assert.NotNull(refused.QuerySelector("#handle-error"));
        Assert.Equal("Typed", refused.QuerySelector("#description")?.TextContent.Trim());
        Assert.Equal("/studio/channel?done=saved", saved.Headers.Location?.OriginalString);
        Assert.Equal("river", page.QuerySelector("#handle")?.GetAttribute("value"));
        Assert.Contains("old address stops working", page.QuerySelector("#handle-hint")?.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_without_a_channel_is_told_so()
    {
        await using var site = await TestSite.StartAsync();
        var editor = await site.BrowserAsync("editor");

        var page = await editor.OpenAsync("/studio/channel");

        Assert.Contains("You have no channel", page.Body?.TextContent, StringComparison.Ordinal);
    }
}
