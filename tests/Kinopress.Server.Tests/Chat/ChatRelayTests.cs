using System.Diagnostics;
using Kinopress.Core.Data;
using Kinopress.Testing;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Server.Tests.Chat;

/// <summary>Two nodes and a real Redis between them.</summary>
public sealed class ChatRelayTests
{
    [Fact]
    public async Task Rooms_of_two_nodes_hear_each_other()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/redis-server"), "redis-server is not installed.");
        var port = RunningSite.FreePort();
        using var redis = StartRedis(port);
        try
        {
            var options = new TestSiteOptions { Configure = boot => boot.Redis = $"127.0.0.1:{port}" };
            await using var one = await TestSite.StartAsync(options);
            await using var two = await TestSite.StartAsync(options);
            var live = await one.AddLiveAsync();
            await NameAsync(two, await two.AddLiveAsync(), live);
            await using var speaker = await one.ListenAsync(live, "viewer");
            await using var listener = await two.ListenAsync(live);
            await listener.HearAsync("snapshot");

            // Nodes find Redis in their own time, and what is said before is not carried.
            var number = 0;
            var heard = listener.HearTextAsync();
            await Eventually.HoldsAsync(
                async () =>
                {
                    await speaker.SayAsync($"hello {number++}");
                    await Task.WhenAny(heard, Task.Delay(TimeSpan.FromSeconds(1)));
                    return heard.IsCompleted;
                },
                "the other node hears it");

            Assert.StartsWith("hello ", await heard, StringComparison.Ordinal);
            var viewer = await one.ChatAsync("viewer");
            var id = (await Eventually.GetAsync(async () => (await viewer.ListAsync(live)).Items is [.., var oldest] ? oldest : null, "the message is written down")).Id;
            await (await one.ChatAsync("creator")).DeleteAsync(live, id);
            Assert.Equal(id, (await listener.HearAsync("deleted")).GetProperty("id").GetGuid());
        }
        finally
        {
            redis.Kill();
            await redis.WaitForExitAsync();
        }
    }

    // Each node has its own database here; a live of the same name stands for the one they would share.
    private static Task<int> NameAsync(TestSite site, string live, string name) => site.UseAsync((KinopressDbContext db) =>
        db.Lives.Where(candidate => candidate.PublicId == live).ExecuteUpdateAsync(set => set.SetProperty(candidate => candidate.PublicId, name)));

    private static Process StartRedis(int port)
    {
        var start = new ProcessStartInfo("/usr/bin/redis-server") { RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var argument in (string[])["--port", $"{port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"])
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start) ?? throw new InvalidOperationException("Redis did not start.");
    }
}
