using System.CommandLine;
using Kinopress.Core.Data;
using Kinopress.Core.Features.Site;
using Kinopress.Core.Foundation;
using Kinopress.Server.Host;

namespace Kinopress.Server.Cli;

/// <summary><c>kinopress serve</c>: everything, until it is told to stop.</summary>
internal static class ServeCommand
{
    private static readonly TimeSpan SettlesAfter = TimeSpan.FromSeconds(20);

    public static Command Create()
    {
        var command = new Command("serve", "Run the site. This is what kinopress does without a command.") { BootOptions.Urls, BootOptions.RtmpUrls }.With();
        command.SetAction(RunAsync);
        return command;
    }

    public static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var options = BootOptions.Read(parsed);
        var folder = DataFolder.Open(options.Data);
        using var _ = DataLock.Take(folder);
        // On another processor, while the host is put together here.
        var database = Task.Run(() => Database.PrepareAsync(options, folder, cancellationToken), cancellationToken);
        await using var app = KinopressHost.Build(options, folder, customise: null);
        KinopressHost.BuildEndpoints(app);
        await database;
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (StartFailedException)
        {
            await app.StopAsync(CancellationToken.None);
            throw;
        }
        catch (IOException exception)
        {
            await app.StopAsync(CancellationToken.None); // what runs in the background has begun already
            throw new StartFailedException($"Cannot listen on {options.Urls}: {(exception.InnerException ?? exception).Message} Choose another address with --urls.", exception);
        }

        await AnnounceAsync(app, cancellationToken);
        await Task.WhenAll(app.WaitForShutdownAsync(cancellationToken), SettleAsync(app.Services.GetRequiredService<ConnectionMemory>(), app.Lifetime.ApplicationStopping));
        return 0;
    }

    /// <summary>Gives back once what only the start needed: a third of the heap of a site that nobody visits yet.</summary>
    private static async Task SettleAsync(ConnectionMemory memory, CancellationToken stopping)
    {
        try
        {
            await Task.Delay(SettlesAfter, TimeProvider.System, stopping);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        DatabaseRegistration.CloseIdleConnections();
        memory.Trim();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        NativeMemory.GiveBack();
    }

    private static async Task AnnounceAsync(WebApplication app, CancellationToken cancellationToken)
    {
        var address = SiteAddress.Of(app.Urls);
        await using var scope = app.Services.CreateAsyncScope();
        var link = await scope.ServiceProvider.GetRequiredService<CreateSetupLink>().RunAsync(cancellationToken);
        Console.WriteLine(link.Match(
            token => $"Kinopress is running at {address} - open {address}/setup?token={token} within 30 minutes to set it up.",
            _ => $"Kinopress is running at {address}"));
    }
}
