using Microsoft.Data.Sqlite;

namespace Kinopress.Core.Data.Sqlite;

/// <summary>
/// SQLite has one writer at a time. Waiting here, first come first served, is cheaper and fairer than
/// colliding in the file and retrying. Thread-safe; one per database.
/// </summary>
public sealed class SqliteWriterGate : IDisposable
{
    // SQLITE_BUSY, as the database itself answers.
    private const int Busy = 5;

    // While another program holds the file, each writer holds the gate until its statement gives up. Whoever is behind several
    // of them must not wait for all.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _gate = new(1, 1);

    /// <summary>Dispose what it returns to let the next writer in.</summary>
    /// <exception cref="SqliteException">It was not this writer's turn within ten seconds.</exception>
    public async Task<IDisposable> EnterAsync(CancellationToken cancellationToken)
    {
        if (!await _gate.WaitAsync(Patience, cancellationToken))
        {
            throw new SqliteException("Other writers have been waiting for the database for too long.", Busy);
        }

        return new Turn(_gate);
    }

    public void Dispose() => _gate.Dispose();

    private sealed class Turn(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
