using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Kinopress.Client;
using Kinopress.Core.Data;
using Kinopress.Core.Features.Chat;
using Kinopress.Server.Chat;
using Kinopress.Server.Tests.Support;
using Kinopress.Testing;
using ChatRulesEdit = Kinopress.Client.ChatRulesEdit;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Kinopress.Server.Tests.Chat;

/// <summary>The hub, as browsers and others use it.</summary>
public sealed class ChatHubTests
{
    private const char End = '\u001e';

    [Fact]
    public async Task People_hear_each_other()
    {
        await using var site = await TestSite.StartAsync();
        var live = await site.AddLiveAsync();
        await using var stranger = await site.ListenAsync(live);
        await using var viewer = await site.ListenAsync(live, "viewer");

        var welcome = await viewer.HearAsync("welcome");
        await stranger.HearAsync("snapshot");
        Assert.Null(await viewer.SayAsync("hello <b>all</b>"));

        Assert.Equal("hello <b>all</b>", await stranger.HearTextAsync());
        Assert.Equal("hello <b>all</b>", await viewer.HearTextAsync());
        Assert.Equal((true, "Test viewer", false), (welcome.GetProperty("isSignedIn").GetBoolean(), welcome.GetProperty("name").GetString(), welcome.GetProperty("mayModerate").GetBoolean()));
    }

    [Fact]
    public async Task Strangers_listen_and_do_not_speak()
    {
        await using var site = await TestSite.StartAsync();
        await using var stranger = await site.ListenAsync(await site.AddLiveAsync());

        Assert.Equal("chat.sign_in_required", await stranger.SayAsync("hello"));
    }

    [Fact]
    public async Task Moderation_reaches_everybody()
    {
        await using var site = await TestSite.StartAsync();
        var live = await site.AddLiveAsync();
        var creator = await site.ChatAsync("creator");
        await using var viewer = await site.ListenAsync(live, "viewer");
        await using var owner = await site.ListenAsync(live, "creator");
        await viewer.HearAsync("snapshot");
        await owner.HearAsync("snapshot");

        await viewer.SayAsync("rude");
        var message = (await owner.HearAsync("message")).GetProperty("message");
        await creator.DeleteAsync(live, message.GetProperty("id").GetGuid());
        Assert.Equal(message.GetProperty("id").GetGuid(), (await viewer.HearAsync("deleted")).GetProperty("id").GetGuid());
        await creator.BanAsync(live, message.GetProperty("id").GetGuid(), minutes: 10);
        Assert.Equal("chat.timed_out", await viewer.SayAsync("why"));
        await creator.EditRulesAsync(live, new ChatRulesEdit { SlowModeSeconds = 20, Hold = "everything" });
        Assert.Equal(20, (await viewer.HearAsync("rules")).GetProperty("rules").GetProperty("slowModeSeconds").GetInt32());
        await creator.ClearAsync(live);
        await viewer.HearAsync("cleared");
    }

    [Fact]
    public async Task A_live_that_becomes_private_empties_its_room()
    {
        await using var site = await TestSite.StartAsync();
        var live = await site.AddLiveAsync();
        await using var stranger = await site.ListenAsync(live);
        await stranger.HearAsync("snapshot");

        await (await site.ClientAsync("creator")).Lives.EditAsync(live, new LiveEdit { Visibility = "private" });

        await stranger.ClosedAsync();
    }

    [Theory]
    [InlineData("private", "live.not_found")]
    [InlineData("internal", "account.sign_in_required")]
    [InlineData("missing", "live.not_found")]
    public async Task What_may_not_be_watched_is_not_there(string visibility, string code)
    {
        await using var site = await TestSite.StartAsync();
        var live = visibility == "missing" ? "11111111111" : await site.AddLiveAsync(visibility);

        await using var stranger = await site.ListenAsync(live);

        Assert.Contains(code, (await stranger.ClosedAsync())?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_of_other_sites_may_not_connect()
    {
        await using var site = await TestSite.StartAsync();
        var live = await site.AddLiveAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/Hubs/CHAT/negotiate?live={live}&negotiateVersion=1") { Headers = { { "Origin", "https://elsewhere.example" } } }; // routes know no case
        using var own = new HttpRequestMessage(HttpMethod.Post, $"/hubs/chat/negotiate?live={live}&negotiateVersion=1") { Headers = { { "Origin", site.Address.GetLeftPart(UriPartial.Authority) } } };

        using var refused = await site.Http.SendAsync(request);
        using var allowed = await site.Http.SendAsync(own);

        await Refusals.IsAsync(refused, HttpStatusCode.Forbidden, "request.origin_not_allowed");
        Assert.Equal(HttpStatusCode.OK, allowed.StatusCode);
    }

    [Theory]
    [InlineData("not json at all")]
    [InlineData("{\"type\":1,\"target\":\"Send\",\"arguments\":[{\"a\":[1,2,[3]]},[]]}")]
    [InlineData("{\"type\":1,\"target\":\"NoSuch\",\"arguments\":[]}")]
    [InlineData("{\"type\":99}")]
    [InlineData("[]")]
    public async Task Garbage_hurts_only_its_sender(string garbage)
    {
        await using var site = await TestSite.StartAsync();
        var live = await site.AddLiveAsync();
        await using var listener = await site.ListenAsync(live, "viewer");
        await listener.HearAsync("snapshot");
        using var socket = await ConnectAsync(site, live);

        await SendAsync(socket, garbage + End);
        await SendAsync(socket, new string('x', 100_000) + End);

        await ClosesAsync(socket);
        Assert.Null(await listener.SayAsync("still here"));
        Assert.Equal("still here", await listener.HearTextAsync());
    }

    [Fact]
    public async Task A_flood_is_cut_off()
    {
        await using var site = await TestSite.StartAsync();
        var live = await site.AddLiveAsync();
        await using var listener = await site.ListenAsync(live);
        await listener.HearAsync("snapshot");
        await using var flooder = await site.ListenAsync(live, "viewer");

        var offered = Enumerable.Range(0, 500).Select(number => flooder.Connection.SendAsync("Send", $"spam {number}", null)).ToList();
        await Task.WhenAll(offered.Select(offer => offer.ContinueWith(_ => true, TaskScheduler.Default)));

        await flooder.ClosedAsync();
        Assert.Equal("spam 0", await listener.HearTextAsync());
        Assert.InRange((await site.KeptAsync()).Count, 0, 3);
    }

    [Fact]
    public async Task Ten_thousand_messages_offered_at_once_leave_the_room_to_who_speaks()
    {
        await using var site = await TestSite.StartAsync();
        var live = await site.AddLiveAsync();
        await using var listener = await site.ListenAsync(live, "creator");
        await listener.HearAsync("snapshot");
        List<ChatListener> flooders = [];
        for (var number = 0; number < 4; number++)
        {
            flooders.Add(await site.ListenAsync(live, "viewer"));
        }

        var offered = flooders.SelectMany(flooder => Enumerable.Range(0, 2500).Select(number => flooder.Connection.SendAsync("Send", $"spam {number}", null))).ToList();
        var answered = site.Http.GetAsync($"/watch/{live}");
        await Task.WhenAll(offered.Select(offer => offer.ContinueWith(_ => true, TaskScheduler.Default)));
        using var page = await answered;

        Assert.True(page.IsSuccessStatusCode);
        Assert.Null(await listener.SayAsync("one of them"));
        await Eventually.HoldsAsync(async () => (await site.KeptAsync()).Contains(("one of them", ChatMessageState.Shown)), "what was said is kept");
        Assert.InRange((await site.KeptAsync()).Count, 1, 8);
        foreach (var flooder in flooders)
        {
            await flooder.DisposeAsync();
        }
    }

    [Fact]
    public async Task An_old_session_does_not_speak_after_the_password_changed()
    {
        var clock = TestSiteOptions.FakeClock();
        await using var site = await TestSite.StartAsync(new TestSiteOptions { Clock = clock });
        var live = await site.AddLiveAsync();
        await using var viewer = await site.ListenAsync(live, "viewer");
        await viewer.HearAsync("snapshot");
        Assert.Null(await viewer.SayAsync("hello"));

        await (await site.ClientAsync("viewer")).Account.ChangePasswordAsync(TestPeople.Password, "another good long password");
        clock.Advance(TimeSpan.FromSeconds(30)); // as long as a room remembers a person

        Assert.Equal("chat.sign_in_required", await viewer.SayAsync("hello again"));
    }

    [Fact]
    public async Task An_empty_room_goes_away_with_everything_written()
    {
        var clock = TestSiteOptions.FakeClock();
        await using var site = await TestSite.StartAsync(new TestSiteOptions { Clock = clock });
        var live = await site.AddLiveAsync();
        var rooms = site.Services.GetRequiredService<ChatRooms>();
        await using (var viewer = await site.ListenAsync(live, "viewer"))
        {
            await viewer.SayAsync("hello");
            Assert.Equal(1, rooms.Count);
        }

        await Eventually.HoldsAsync(async () =>
        {
            clock.Advance(ChatRooms.KeptEmpty);
            await rooms.SweepAsync();
            return rooms.Count == 0;
        }, "the room is closed");

        // The site's own sweep may have been first, and still be writing.
        await Eventually.HoldsAsync(async () => await site.KeptAsync() is [("hello", ChatMessageState.Shown)], "what was said is kept");
    }

    [Fact]
    public async Task Who_goes_away_while_coming_in_does_not_keep_the_room_open()
    {
        var clock = TestSiteOptions.FakeClock();
        await using var site = await TestSite.StartAsync(new TestSiteOptions { Clock = clock });
        var live = await site.AddLiveAsync();
        var rooms = site.Services.GetRequiredService<ChatRooms>();
        await using (var listener = await site.ListenAsync(live))
        {
            await listener.HearAsync("snapshot");
            await using var scope = site.Services.CreateAsyncScope();
            using var hub = ActivatorUtilities.CreateInstance<ChatHub>(scope.ServiceProvider);
            hub.Context = new GoneCaller(live, (await site.UseAsync((KinopressDbContext db) => db.Users.AsNoTracking().FirstAsync())).Id.ToString());

            await Assert.ThrowsAnyAsync<OperationCanceledException>(hub.OnConnectedAsync); // SignalR says goodbye to nobody whose greeting failed
        }

        await Eventually.HoldsAsync(async () =>
        {
            clock.Advance(ChatRooms.KeptEmpty);
            await rooms.SweepAsync();
            return rooms.Count == 0;
        }, "the room is closed");
    }

    private static async Task<ClientWebSocket> ConnectAsync(TestSite site, string live)
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"ws://{site.Address.Authority}/hubs/chat?live={live}"), CancellationToken.None);
        await SendAsync(socket, "{\"protocol\":\"json\",\"version\":1}" + End);
        return socket;
    }

    private static async Task SendAsync(ClientWebSocket socket, string text)
    {
        try
        {
            await socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        }
        catch (WebSocketException)
        {
            // Closed already, as it should be.
        }
    }

    private static async Task ClosesAsync(ClientWebSocket socket)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var buffer = new byte[64 * 1024];
        try
        {
            while ((await socket.ReceiveAsync(buffer, patience.Token)).MessageType != WebSocketMessageType.Close)
            {
                // What it had heard before.
            }
        }
        catch (WebSocketException)
        {
            // Closed without a word.
        }
    }
}
