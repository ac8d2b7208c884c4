using Kinopress.Core.Data;
using Kinopress.Core.Data.Postgres;
using Kinopress.Core.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Kinopress.Migrations;

/// <summary>Lets dotnet-ef build the SQLite model without a running site.</summary>
internal sealed class SqliteDesignTimeContext : IDesignTimeDbContextFactory<SqliteKinopressDbContext>
{
    public SqliteKinopressDbContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<SqliteKinopressDbContext>();
        DatabaseRegistration.UseSqlite(options, "design-time.db");
        return new SqliteKinopressDbContext(options.Options, new ChangeSignal(), new SqliteWriterGate());
    }
}

/// <summary>The same for PostgreSQL.</summary>
internal sealed class PostgresDesignTimeContext : IDesignTimeDbContextFactory<PostgresKinopressDbContext>
{
    public PostgresKinopressDbContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<PostgresKinopressDbContext>();
        DatabaseRegistration.UsePostgres(options, "Host=localhost;Database=design_time");
        return new PostgresKinopressDbContext(options.Options, new ChangeSignal());
    }
}
