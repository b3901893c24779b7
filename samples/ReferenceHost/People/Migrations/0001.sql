-- One script for SQLite and PostgreSQL: {schema} and {identity} are put in. Moments are Unix milliseconds.
CREATE TABLE IF NOT EXISTS {schema}people (
    "Id" {identity},
    "UserName" text NOT NULL,
    "NormalizedUserName" text NOT NULL UNIQUE,
    "Email" text NOT NULL,
    "NormalizedEmail" text NOT NULL,
    "EmailConfirmed" boolean NOT NULL,
    "PasswordHash" text,
    "SecurityStamp" text,
    "ConcurrencyStamp" text,
    "TwoFactorEnabled" boolean NOT NULL,
    "LastCode" bigint NOT NULL,
    "Role" text NOT NULL,
    "IsDisabled" boolean NOT NULL,
    "IsDemo" boolean NOT NULL,
    "CreatedAt" bigint NOT NULL
);
CREATE TABLE IF NOT EXISTS {schema}people_claims (
    "Id" {identity},
    "UserId" bigint NOT NULL REFERENCES {schema}people ("Id") ON DELETE CASCADE,
    "ClaimType" text,
    "ClaimValue" text
);
CREATE TABLE IF NOT EXISTS {schema}people_logins (
    "LoginProvider" text NOT NULL,
    "ProviderKey" text NOT NULL,
    "ProviderDisplayName" text,
    "UserId" bigint NOT NULL REFERENCES {schema}people ("Id") ON DELETE CASCADE,
    PRIMARY KEY ("LoginProvider", "ProviderKey")
);
-- Authenticator keys (encrypted) and recovery codes (hashed)
CREATE TABLE IF NOT EXISTS {schema}people_tokens (
    "UserId" bigint NOT NULL REFERENCES {schema}people ("Id") ON DELETE CASCADE,
    "LoginProvider" text NOT NULL,
    "Name" text NOT NULL,
    "Value" text,
    PRIMARY KEY ("UserId", "LoginProvider", "Name")
);
-- A session's id is the hash of what the cookie holds
CREATE TABLE IF NOT EXISTS {schema}people_sessions (
    "Id" text PRIMARY KEY,
    "PersonId" bigint NOT NULL REFERENCES {schema}people ("Id") ON DELETE CASCADE,
    "CreatedAt" bigint NOT NULL,
    "SeenAt" bigint NOT NULL,
    "Browser" text NOT NULL
);
CREATE TABLE IF NOT EXISTS {schema}api_tokens (
    "Id" {identity},
    "Name" text NOT NULL,
    "Hash" text NOT NULL UNIQUE,
    "Scope" text NOT NULL,
    "PersonId" bigint NOT NULL REFERENCES {schema}people ("Id") ON DELETE CASCADE,
    "CreatedAt" bigint NOT NULL,
    "ExpiresAt" bigint NOT NULL,
    "UsedAt" bigint
);
-- Keys are hashes of an account's or a client's address
CREATE TABLE IF NOT EXISTS {schema}sign_in_throttles (
    "Key" text PRIMARY KEY,
    "Failures" integer NOT NULL,
    "Until" bigint NOT NULL,
    "At" bigint NOT NULL
);
