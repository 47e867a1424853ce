-- What is ours (version 3): nothing here refers to a table of JupyterHub's except by ON DELETE CASCADE.
-- Statements are separated by a semicolon at the end of a line.

CREATE TABLE hub_schema (
    version INTEGER NOT NULL
);

CREATE TABLE hub_changes (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    version INTEGER NOT NULL
);

CREATE TABLE hub_membership (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    version INTEGER NOT NULL
);

CREATE TABLE hub_instances (
    id VARCHAR(32) NOT NULL PRIMARY KEY,
    host VARCHAR(255) NOT NULL,
    boot_id VARCHAR(64) NOT NULL,
    pid INTEGER NOT NULL,
    pid_start_time INTEGER NOT NULL,
    started_at DATETIME NOT NULL,
    expires_at DATETIME NOT NULL
);

CREATE TABLE hub_server_leases (
    spawner_id INTEGER NOT NULL PRIMARY KEY REFERENCES spawners (id) ON DELETE CASCADE,
    instance_id VARCHAR(32) NOT NULL REFERENCES hub_instances (id) ON DELETE CASCADE,
    expires_at DATETIME NOT NULL
);

CREATE INDEX hub_server_leases_instance_id ON hub_server_leases (instance_id);

CREATE TABLE hub_revoked_logins (
    digest VARCHAR(64) NOT NULL PRIMARY KEY,
    expires_at DATETIME NOT NULL
);

CREATE TABLE hub_shared_passwords (
    kind VARCHAR(16) NOT NULL PRIMARY KEY,
    hash VARCHAR(255) NOT NULL,
    changed_at DATETIME NOT NULL
);

CREATE TABLE hub_role_origins (
    role_id INTEGER NOT NULL PRIMARY KEY REFERENCES roles (id) ON DELETE CASCADE,
    origin VARCHAR(16) NOT NULL,
    creator VARCHAR(512),
    created_at DATETIME NOT NULL,
    expires_at DATETIME
);

CREATE TABLE hub_user_role_origins (
    user_id INTEGER NOT NULL,
    role_id INTEGER NOT NULL,
    origin VARCHAR(16) NOT NULL,
    creator VARCHAR(512),
    created_at DATETIME NOT NULL,
    expires_at DATETIME,
    PRIMARY KEY (user_id, role_id),
    FOREIGN KEY (user_id, role_id) REFERENCES user_role_map (user_id, role_id) ON DELETE CASCADE
);

CREATE TABLE hub_group_role_origins (
    group_id INTEGER NOT NULL,
    role_id INTEGER NOT NULL,
    origin VARCHAR(16) NOT NULL,
    creator VARCHAR(512),
    created_at DATETIME NOT NULL,
    expires_at DATETIME,
    PRIMARY KEY (group_id, role_id),
    FOREIGN KEY (group_id, role_id) REFERENCES group_role_map (group_id, role_id) ON DELETE CASCADE
);

CREATE TABLE hub_service_role_origins (
    service_id INTEGER NOT NULL,
    role_id INTEGER NOT NULL,
    origin VARCHAR(16) NOT NULL,
    creator VARCHAR(512),
    created_at DATETIME NOT NULL,
    expires_at DATETIME,
    PRIMARY KEY (service_id, role_id),
    FOREIGN KEY (service_id, role_id) REFERENCES service_role_map (service_id, role_id) ON DELETE CASCADE
);

CREATE TABLE hub_identities (
    issuer VARCHAR(512) NOT NULL,
    subject VARCHAR(512) NOT NULL,
    user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at DATETIME NOT NULL,
    last_used_at DATETIME NOT NULL,
    PRIMARY KEY (issuer, subject)
);

CREATE INDEX hub_identities_user_id ON hub_identities (user_id);

CREATE TABLE hub_announcements (
    page VARCHAR(64) NOT NULL PRIMARY KEY,
    message TEXT NOT NULL,
    changed_by VARCHAR(512),
    changed_at DATETIME NOT NULL
);

CREATE TABLE hub_share_code_uses (
    id INTEGER NOT NULL PRIMARY KEY,
    share_code_id INTEGER NOT NULL REFERENCES share_codes (id) ON DELETE CASCADE,
    user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    used_at DATETIME NOT NULL
);

CREATE INDEX hub_share_code_uses_share_code_id ON hub_share_code_uses (share_code_id);

CREATE INDEX hub_share_code_uses_user_id ON hub_share_code_uses (user_id);
