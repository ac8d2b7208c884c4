using Kinopress.Core.Foundation;
using Kinopress.Core.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Kinopress.Core.Features.Lives.OnAir;

/// <summary>What every broadcast needs of the rest of the product.</summary>
public sealed class BroadcastTools(
    IServiceScopeFactory scopes, RecordingFiles recordings, IBlobStore blobs, LiveStatusBoard board, LadderTools ladders, TimeProvider clock, ILogger<Broadcast> logger)
{
    public RecordingFiles Recordings => recordings;

    public IBlobStore Blobs => blobs;

    public LiveStatusBoard Board => board;

    public LadderTools Ladders => ladders;

    public TimeProvider Clock => clock;

    /// <summary>Raised when an encoder begins to send, and when a live leaves the air.</summary>
    public Signal Changed { get; } = new();

    public ILogger<Broadcast> Logger => logger;

    /// <summary>Runs a use case in a scope of its own.</summary>
    public async Task<TResult> UseAsync<TUseCase, TResult>(Func<TUseCase, Task<TResult>> use)
        where TUseCase : notnull
    {
        await using var scope = scopes.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<TUseCase>());
    }
}
