using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Kinopress.Core.Data.Sqlite;

/// <summary>The site's database in one file. Reads go in parallel; writes pass the <see cref="SqliteWriterGate"/> one by one.</summary>
public sealed class SqliteKinopressDbContext(DbContextOptions<SqliteKinopressDbContext> options, ChangeSignal changes, SqliteWriterGate gate)
    : KinopressDbContext(options, changes)
{
    public override string LatestMigration => LatestMigrations.Sqlite;

    // SQLITE_ERROR: all that can be wrong with a statement that is right.
    public override bool IsMissingTable(DbException exception) => exception is SqliteException { SqliteErrorCode: 1 };

    public override async Task<int> WriteAsync(Func<CancellationToken, Task<int>> statement, CancellationToken cancellationToken)
    {
        using var turn = await gate.EnterAsync(cancellationToken);
        return await statement(cancellationToken);
    }

    protected override async Task<int> CommitAsync(Saving saving, CancellationToken cancellationToken)
    {
        try
        {
            return await WriteAsync(saving.RunAsync, cancellationToken);
        }
        catch (SqliteException exception)
        {
            throw new DbUpdateException(exception.Message, exception); // it was never this writer's turn; a busy file says it in these words too
        }
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);

        // SQLite has no time type; as integers, moments compare and sort in SQL.
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UnixMicroseconds>();
    }

    internal sealed class UnixMicroseconds() : ValueConverter<DateTimeOffset, long>(
        moment => (moment.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond,
        value => new DateTimeOffset((value * TimeSpan.TicksPerMicrosecond) + DateTimeOffset.UnixEpoch.UtcTicks, TimeSpan.Zero));
}
