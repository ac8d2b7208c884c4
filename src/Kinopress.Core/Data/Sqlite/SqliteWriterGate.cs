namespace Kinopress.Core.Data.Sqlite;

/// <summary>
/// SQLite has one writer at a time. Waiting here, first come first served, is cheaper and fairer than
/// colliding in the file and retrying. Thread-safe; one per database.
/// </summary>
public sealed class SqliteWriterGate : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);

    /// <summary>Dispose what it returns to let the next writer in.</summary>
    public async Task<IDisposable> EnterAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        return new Turn(_gate);
    }

    public void Dispose() => _gate.Dispose();

    private sealed class Turn(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
