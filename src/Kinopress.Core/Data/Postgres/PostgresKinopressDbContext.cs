using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Data.Postgres;

/// <summary>The site's database on PostgreSQL.</summary>
public sealed class PostgresKinopressDbContext(DbContextOptions<PostgresKinopressDbContext> options, ChangeSignal changes) : KinopressDbContext(options, changes)
{
    // Any constant: the advisory lock that orders writers of the outbox.
    private const long OutboxLock = 0x4B494E4F;

    public override string LatestMigration => LatestMigrations.Postgres;

    // undefined_table
    public override bool IsMissingTable(DbException exception) => exception.SqlState == "42P01";

    /// <remarks>
    /// A sequence hands out numbers before commit, so a reader could see 8 before 7 and never look back. Whoever
    /// writes events therefore holds one lock until commit: seq rises in commit order, as readers rely on.
    /// </remarks>
    protected override async Task<int> CommitAsync(Saving saving, CancellationToken cancellationToken)
    {
        if (!saving.WritesEvents)
        {
            return await saving.RunAsync(cancellationToken);
        }

        await using var transaction = await Database.BeginTransactionAsync(cancellationToken);
        await Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({OutboxLock})", cancellationToken);
        var written = await saving.RunAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return written;
    }
}
