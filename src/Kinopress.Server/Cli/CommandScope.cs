using System.CommandLine;
using Kinopress.Core.Foundation;
using Kinopress.Server.Host;

namespace Kinopress.Server.Cli;

/// <summary>The product's services without a web server, for commands that do one thing and end.</summary>
internal sealed class CommandScope : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly AsyncServiceScope _scope;

    private CommandScope(WebApplication app)
    {
        _app = app;
        _scope = app.Services.CreateAsyncScope();
    }

    public KinopressOptions Options => Get<KinopressOptions>();

    public static async Task<CommandScope> OpenAsync(ParseResult parsed, bool prepare, CancellationToken cancellationToken)
    {
        var options = BootOptions.Read(parsed);
        var app = KinopressHost.Build(options, DataFolder.Open(options.Data), customise: null);
        if (prepare)
        {
            await KinopressHost.PrepareAsync(app.Services, cancellationToken);
        }

        return new CommandScope(app);
    }

    /// <summary>For commands about a site that is there: a mistyped folder must not become a new, empty one.</summary>
    /// <exception cref="StartFailedException">There is none.</exception>
    public static Task<CommandScope> OpenExistingAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var options = BootOptions.Read(parsed);
        return options.Postgres is null && !DataFolder.HoldsSite(options.Data)
            ? throw new StartFailedException($"There is no site in {Path.GetFullPath(options.Data)}. Name its data folder with --data, or start it first.", inner: null)
            : OpenAsync(parsed, prepare: true, cancellationToken);
    }

    public T Get<T>()
        where T : notnull => _scope.ServiceProvider.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        await _scope.DisposeAsync();
        await _app.DisposeAsync();
    }
}
