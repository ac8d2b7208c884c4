namespace Kinopress.Core.Features.Lives.OnAir;

/// <summary>Lets one at a time change something, in the order in which they came. Thread-safe.</summary>
internal sealed class OneTurn : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <returns>Dispose it to let the next in.</returns>
    public async ValueTask<Turn> TakeAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        return new Turn(_turn);
    }

    public void Dispose() => _turn.Dispose();

    internal readonly struct Turn(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }
}
