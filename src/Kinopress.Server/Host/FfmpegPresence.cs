namespace Kinopress.Server.Host;

/// <summary>Whether ffmpeg is installed, asked at most twice a minute. Thread-safe.</summary>
internal sealed class FfmpegPresence(IServiceScopeFactory scopes, TimeProvider clock)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);

    private volatile Answer? _answer;

    public async ValueTask<bool> IsPresentAsync(CancellationToken cancellationToken)
    {
        if (_answer is { } answer && clock.GetElapsedTime(answer.AskedAt) < Lifetime)
        {
            return answer.IsPresent;
        }

        var askedAt = clock.GetTimestamp();
        await using var scope = scopes.CreateAsyncScope();
        var health = scope.ServiceProvider.GetRequiredService<SystemHealth>();
        var present = await health.HasFfprobeAsync(cancellationToken) && await health.FfmpegVersionAsync(cancellationToken) is not null;
        _answer = new Answer(present, askedAt);
        return present;
    }

    private sealed record Answer(bool IsPresent, long AskedAt);
}
