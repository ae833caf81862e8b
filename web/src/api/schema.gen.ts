// Made by `npm run schema` from openapi.json. Not edited by hand.
export interface paths {
    "/api/v1/admin/bans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Addresses and accounts that pause after too many wrong passwords. */
        get: operations["list_bans"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/bans/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Ends a pause. */
        delete: operations["lift_ban"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/disk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How much room there is on the disk with the data. */
        get: operations["get_disk"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everybody with an account. */
        get: operations["list_users"];
        put?: never;
        /** Adds a person with a first password. */
        post: operations["create_user"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/users/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Changes somebody's role or password, or deactivates them. */
        patch: operations["change_user"];
        trace?: never;
    };
    "/api/v1/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Background work, newest first: one's own, a library's, or all for an administrator. */
        get: operations["list_jobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stops a job. */
        post: operations["cancel_job"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Tries a failed or cancelled job again, or lets a waiting one run at once. */
        post: operations["retry_job"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/libraries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One's libraries: one's own first, then groups by name. */
        get: operations["list_libraries"];
        put?: never;
        /** Makes a group; who makes it is its owner. */
        post: operations["create_library"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/libraries/{library}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One library. */
        get: operations["get_library"];
        put?: never;
        post?: never;
        /** Deletes a group with all that is in it. */
        delete: operations["delete_library"];
        options?: never;
        head?: never;
        /** Gives a group another name. */
        patch: operations["rename_library"];
        trace?: never;
    };
    "/api/v1/libraries/{library}/activity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What happened in it, newest first. */
        get: operations["list_activity"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/libraries/{library}/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What changed since a version. */
        get: operations["list_changes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/libraries/{library}/collections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All collections. */
        get: operations["list_collections"];
        put?: never;
        /** Makes a collection. */
        post: operations["create_collection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/libraries/{library}/collections/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Deletes a collection with those inside it; their papers stay. */
        delete: operations["delete_collection"];
        options?: never;
        head?: never;
        /** Renames or moves a collection. */
        patch: operations["change_collection"];
        trace?: never;
    };
    "/api/v1/libraries/{library}/facets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Counts for the sidebar. */
        get: operations["get_facets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/libraries/{library}/items": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A window of the library's papers, filtered and sorted. */
        get: operations["list_items"];
        put?: never;
        /** Makes a paper without a file. */
        post: operations["create_item"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/libraries/{library}/items/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Does one thing to several papers. */
        post: operations["change_items"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/libraries/{library}/items/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One paper, file or note. */
        get: operations["get_item"];
        put?: never;
        post?: never;
        /** Moves an item to the trash of its library. */
        delete: operations["trash_item"];
        options?: never;
        head?: never;
        /** Changes an item. */
        patch: operations["change_item"];
        trace?: never;
    };
    "/api/v1/libraries/{library}/items/{key}/as-read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was read from a paper's PDF, to be compared with what people typed. */
        get: operations["get_as_read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/libraries/{library}/items/{key}/children": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Files and notes of a paper. */
        get: operations["list_children"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/libraries/{library}/items/{key}/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The bytes of a paper's first file, or of a file; ranges. */
        get: operations["get_file"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/libraries/{library}/items/{key}/layout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Words with boxes of some pages. */
        get: operations["get_layout"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/libraries/{library}/items/{key}/outline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Sizes and labels of all pages, and the outline. */
        get: operations["get_outline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/libraries/{library}/items/{key}/pages/{page}/image": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The picture of a page, from 1. */
        get: operations["get_page_image"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/libraries/{library}/items/{key}/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Gives the password of a locked file; it is read again. */
        post: operations["give_password"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/libraries/{library}/items/{key}/places": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All places of one paper, in page order; `limit` and `cursor` count pages. */
        get: operations["list_places"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/libraries/{library}/items/{key}/position": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where one is in a paper. */
        get: operations["get_position"];
        /** Notes where one is in a paper. */
        put: operations["put_position"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/libraries/{library}/items/{key}/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Marks a paper as read or unread. */
        post: operations["mark_read"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/libraries/{library}/items/{key}/read-again": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Has a file read again; what people typed stays. */
        post: operations["read_again"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/libraries/{library}/items/{key}/references": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The works that a paper cites, as printed; what you have in a library is linked to its paper. */
        get: operations["list_references"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/libraries/{library}/items/{key}/relatives": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Versions and supplements of a paper: those that are linked, then those that seem to be. */
        get: operations["list_relatives"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/libraries/{library}/items/{key}/relatives/{other}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Says how two papers belong together; as a supplement of the other one, a paper's files move there. */
        put: operations["put_relative"];
        post?: never;
        /** Takes back what was said of two papers. */
        delete: operations["remove_relative"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/libraries/{library}/items/{key}/text": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The text of a page, or of all pages separated by form feeds. */
        get: operations["get_text"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/libraries/{library}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The members, strongest role first. */
        get: operations["list_members"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/libraries/{library}/members/{username}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Makes somebody a member, or gives a member another role. */
        put: operations["put_member"];
        post?: never;
        /** Takes somebody out; everybody may take themselves out. */
        delete: operations["remove_member"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/libraries/{library}/tags": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All tags with their counts. */
        get: operations["list_tags"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Live events: a WebSocket, or an event stream for who does not ask for one. */
        get: operations["live"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This document. */
        get: operations["get_openapi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Papers by their words, best first, with the best places in each. */
        get: operations["search"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is signed in. */
        get: operations["get_session"];
        put?: never;
        /** Signs in with username or e-mail address and password. */
        post: operations["sign_in"];
        /** Signs out. */
        delete: operations["sign_out"];
        options?: never;
        head?: never;
        /** Changes one's own profile. */
        patch: operations["change_profile"];
        trace?: never;
    };
    "/api/v1/session/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Changes one's own password; other browsers are signed out. */
        patch: operations["change_password"];
        trace?: never;
    };
    "/api/v1/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where one is signed in. */
        get: operations["list_sessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Signs another browser out. */
        delete: operations["end_session"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/setup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether an administrator exists. */
        get: operations["get_setup"];
        put?: never;
        /** Makes the first administrator, with the secret of the setup link; signs the browser in. */
        post: operations["complete_setup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One's tokens. */
        get: operations["list_tokens"];
        put?: never;
        /** Makes a token; its secret is shown this once. */
        post: operations["create_token"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tokens/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revokes a token. */
        delete: operations["revoke_token"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/uploads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One's uploads that are not finished. */
        get: operations["list_uploads"];
        put?: never;
        /** Announces an upload (tus 1.0.0). */
        post: operations["create_upload"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/uploads/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Gives an upload up (tus 1.0.0). */
        delete: operations["terminate_upload"];
        options?: never;
        /** Where an upload stands (tus 1.0.0). */
        head: operations["get_upload"];
        /** Appends bytes (tus 1.0.0). */
        patch: operations["write_upload"];
        trace?: never;
    };
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the process answers. */
        get: operations["healthz"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Figures for Prometheus. */
        get: operations["metrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether store, files and index can be used. */
        get: operations["readyz"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * Activity
         * @description One thing that happened.
         */
        Activity: {
            /** @description When. */
            at: string;
            /** @description Who; absent for the program itself. */
            by?: string;
            /**
             * Format: uint64
             * @description Its number, rising.
             */
            id: number;
            /** @description The paper or collection. */
            key?: string;
            /**
             * @description `item.added`, `item.edited`, `item.trashed`, `item.restored`, `collection.added`, `collection.changed`,
             *     `collection.deleted`, `member.changed`, `member.removed`.
             */
            kind: string;
            /** @description Its title or name at that time, or the member's name. */
            text: string;
        };
        /**
         * ActivityPage
         * @description What happened, newest first.
         */
        ActivityPage: {
            /** @description The entries. */
            items: components["schemas"]["Activity"][];
            /** @description Give it as `cursor` for older ones; absent on the last page. */
            next_cursor?: string;
        };
        /**
         * AsRead
         * @description What was read from a paper's PDF.
         */
        AsRead: {
            /** @description How sure each of them is, 0 to 1; `creators` and `item_type` too. */
            confidence: {
                [key: string]: number;
            };
            /** @description In printed order; empty where none were read. */
            creators: components["schemas"]["Creator"][];
            /** @description Days it prints (`2041-05-03`, or `2041-05`), by `received`, `revised`, `accepted`, `published`. */
            dates: {
                [key: string]: string;
            };
            /** @description Zotero's fields, those that were read. */
            fields: {
                [key: string]: string;
            };
            /** @description Zotero's item type; absent where nothing told it. */
            item_type?: string;
            /** @description Authors of whom the PDF says more than the name, in printed order. */
            people: components["schemas"]["AsReadPerson"][];
            /** @description PubMed Central's identifier. */
            pmcid?: string;
            /** @description PubMed's number. */
            pmid?: string;
        };
        /**
         * AsReadPerson
         * @description What a PDF says of an author.
         */
        AsReadPerson: {
            /** @description Institutions, each with its address on one line. */
            affiliations: string[];
            /** @description Mailbox. */
            email?: string;
            /** @description As shown. */
            name: string;
            /** @description `0000-0002-1825-0097`. */
            orcid?: string;
        };
        /**
         * Ban
         * @description An address or account that was stopped for too many wrong passwords.
         */
        Ban: {
            /** @description Its identifier. */
            id: string;
            /** @description `address` or `account`. */
            kind: 'address' | 'account';
            /** @description Which one. */
            subject: string;
            /**
             * Format: uint32
             * @description Wrong tries that led to it.
             */
            tries: number;
            /** @description Until when. */
            until: string;
        };
        /**
         * BanList
         * @description Who is stopped now.
         */
        BanList: {
            /** @description Latest end first. */
            items: components["schemas"]["Ban"][];
        };
        /**
         * BatchResult
         * @description How many papers a batch changed.
         */
        BatchResult: {
            /**
             * Format: uint64
             * @description Papers that are different now.
             */
            changed: number;
        };
        /**
         * Browser
         * @description A browser in which somebody is signed in.
         */
        Browser: {
            /** @description From which address. */
            address: string;
            /** @description When it signed in. */
            created_at: string;
            /** @description Whether it is the one that asks. */
            current: boolean;
            /** @description Its identifier (not the secret). */
            id: string;
            /** @description When it was last used. */
            last_used_at: string;
            /** @description What the browser calls itself. */
            user_agent: string;
        };
        /**
         * BrowserList
         * @description Where somebody is signed in.
         */
        BrowserList: {
            /** @description Last used first. */
            items: components["schemas"]["Browser"][];
        };
        /**
         * Change
         * @description One entry of the change log.
         */
        Change: {
            /** @description When. */
            at: string;
            /** @description Which one. */
            key: string;
            /** @description `put` or `deleted`. */
            kind: string;
            /** @description `item`, `collection` or `library`. */
            object: string;
            /**
             * Format: uint64
             * @description The library's version with it.
             */
            version: number;
        };
        /**
         * ChangeList
         * @description What changed since a version.
         */
        ChangeList: {
            /** @description In order of their versions. */
            items: components["schemas"]["Change"][];
            /** @description Whether the log no longer reaches back to `since`: read the library anew. */
            reset: boolean;
            /**
             * Format: uint64
             * @description The library's version.
             */
            version: number;
        };
        /**
         * Citation
         * @description A place in the text that cites a work.
         */
        Citation: {
            /**
             * Format: uint32
             * @description One behind the last.
             */
            end: number;
            /**
             * Format: uint32
             * @description Page, from 1.
             */
            page: number;
            /**
             * Format: uint32
             * @description First code point in the page's text.
             */
            start: number;
        };
        /**
         * Collection
         * @description A collection.
         */
        Collection: {
            /** @description Its key. */
            key: string;
            /** @description Its name. */
            name: string;
            /** @description The collection it lies in. */
            parent?: string;
            /**
             * Format: uint64
             * @description The library's version at its last change; also its ETag.
             */
            version: number;
        };
        /**
         * CollectionList
         * @description All collections of a library.
         */
        CollectionList: {
            /** @description The collections. */
            items: components["schemas"]["Collection"][];
            /**
             * Format: uint64
             * @description The library's version.
             */
            version: number;
        };
        /**
         * CollectionPatch
         * @description A merge patch for a collection.
         */
        CollectionPatch: {
            /** @description Another name. */
            name?: string;
            /** @description Another parent; null for the top. */
            parent?: string | null;
        };
        /**
         * Continuation
         * @description The second part of a passage whose match runs on elsewhere.
         */
        Continuation: {
            /** @description Code points in `text` to mark. */
            marks: number[][];
            /**
             * Format: uint32
             * @description Where `text` begins in that page's text.
             */
            offset: number;
            /**
             * Format: uint32
             * @description Page, from 1.
             */
            page: number;
            /** @description Its printed label. */
            page_label: string;
            /** @description The words there. */
            text: string;
        };
        /**
         * Creator
         * @description A creator: `given` and `family`, or `name`.
         */
        Creator: { creator_type: string } & ({ given: string; family: string } | { name: string });
        /**
         * DiskRoom
         * @description How much room there is on the disk with the data.
         */
        DiskRoom: {
            /**
             * Format: uint64
             * @description Bytes that uploads may still use.
             */
            free_bytes: number;
            /** @description What to do, where something is to be done. */
            message?: string;
            /** @description `ok`, `low`, or `full`: uploads stop, and go on by themselves when there is room. */
            state: string;
            /**
             * Format: uint64
             * @description Size of the disk.
             */
            total_bytes: number;
        };
        /**
         * Doubt
         * @description A value that a reader is not sure of, or that another source contradicts.
         */
        Doubt: {
            /**
             * Format: double
             * @description 0 (a guess) to 1 (sure).
             */
            confidence: number;
            /** @description `pdf`, `file_name`, … */
            source: string;
            /** @description What the source says. */
            value?: string;
        };
        /**
         * Facets
         * @description Counts for the sidebar.
         */
        Facets: {
            /** @description Papers per collection key. */
            collections: {
                [key: string]: number;
            };
            /**
             * Format: uint64
             * @description Papers with a doubtful field.
             */
            doubtful: number;
            /** @description Papers per tag. */
            tags: components["schemas"]["Tag"][];
            /**
             * Format: uint64
             * @description Papers outside the trash.
             */
            total: number;
            /**
             * Format: uint64
             * @description Papers in the trash.
             */
            trash: number;
            /**
             * Format: uint64
             * @description Papers in no collection.
             */
            unfiled: number;
            /**
             * Format: uint64
             * @description The library's version.
             */
            version: number;
        };
        /**
         * File
         * @description A file.
         */
        File: {
            /** @description Why it failed. */
            error?: components["schemas"]["FileError"] & unknown;
            /** @description The attachment's key. */
            key: string;
            /** @description Media type by content. */
            media_type: string;
            /** @description Its name as uploaded. */
            name: string;
            /**
             * Format: uint32
             * @description Pages, once known.
             */
            pages?: number;
            /**
             * Format: uint32
             * @description Pages whose text was recognised from their picture and may hold mistakes; absent where there are none.
             */
            recognised_pages?: number;
            /** @description SHA-256 of the bytes, hexadecimal. */
            sha256: string;
            /**
             * Format: uint64
             * @description Size in bytes.
             */
            size_bytes: number;
            /** @description `waiting`, `reading`, `read`, `poor_text`, `no_text`, `locked`, `failed`, `other`. */
            state: 'waiting' | 'reading' | 'read' | 'poor_text' | 'no_text' | 'locked' | 'failed' | 'other';
        };
        /**
         * FileError
         * @description Why a file could not be read.
         */
        FileError: {
            /** @description For programs. */
            code: string;
            /** @description For a person. */
            message: string;
        };
        /**
         * Hit
         * @description A paper that was found.
         */
        Hit: {
            /** @description Its creators. */
            creators: components["schemas"]["Creator"][];
            /** @description Its key. */
            key: string;
            /**
             * Format: uint64
             * @description Its library.
             */
            library: number;
            /**
             * Format: uint64
             * @description Places beyond those.
             */
            more_places: number;
            /** @description The best places in it. */
            passages: components["schemas"]["Passage"][];
            /**
             * Format: float
             * @description Higher is better.
             */
            score: number;
            /** @description Its title. */
            title: string;
            /** @description Where it was published. */
            venue: string;
            /**
             * Format: uint16
             * @description Its year.
             */
            year?: number;
        };
        /**
         * Item
         * @description An item of any type.
         */
        Item: {
            /** @description Who added it. */
            added_by?: string;
            /** @description Its cite key, once given. */
            cite_key?: string;
            /** @description Keys of collections. */
            collections: string[];
            /** @description In printed order. */
            creators: components["schemas"]["Creator"][];
            /** @description When it came. */
            date_added: string;
            /** @description When it last changed. */
            date_modified: string;
            /** @description Doubtful fields by name. */
            doubts: {
                [key: string]: components["schemas"]["Doubt"];
            };
            /** @description Zotero's fields. */
            fields: {
                [key: string]: string;
            };
            /** @description Its file; of a paper with several, the one that opens first. */
            file?: components["schemas"]["File"] & unknown;
            /** @description Zotero's item type. */
            item_type: string;
            /** @description Its key. */
            key: string;
            /** @description Who changed it last; absent where that was the program itself. */
            modified_by?: string;
            /** @description The paper it belongs to. */
            parent?: string;
            /** @description How far the asking person is with it. */
            read?: components["schemas"]["ReadMark"] & unknown;
            /** @description Tags. */
            tags: string[];
            /** @description Whether it is in the trash. */
            trashed: boolean;
            /**
             * Format: uint64
             * @description The library's version at its last change; also its ETag.
             */
            version: number;
        };
        /**
         * ItemBatch
         * @description What to do to several items at once.
         */
        ItemBatch: {
            /** @description Also into this collection. */
            add_collection?: string;
            /** @description Tags to add. */
            add_tags?: string[];
            /** @description Up to 1,000 keys. */
            keys: string[];
            /** @description Out of this collection. */
            remove_collection?: string;
            /** @description Into or out of the trash. */
            trashed?: boolean;
        };
        /**
         * ItemList
         * @description Items without paging.
         */
        ItemList: {
            /** @description The items. */
            items: components["schemas"]["Item"][];
        };
        /**
         * ItemPage
         * @description A page of items.
         */
        ItemPage: {
            /** @description The items. */
            items: components["schemas"]["Item"][];
            /** @description Give it as `cursor` for the next page; absent on the last. */
            next_cursor?: string;
            /**
             * Format: uint64
             * @description Items in the whole list.
             */
            total: number;
            /**
             * Format: uint64
             * @description The library's version.
             */
            version: number;
        };
        /**
         * ItemPatch
         * @description A merge patch for an item: what is absent stays, what is null goes.
         */
        ItemPatch: {
            /** @description The cite key. */
            cite_key?: string;
            /** @description All collections anew. */
            collections?: string[];
            /** @description All creators anew. */
            creators?: components["schemas"]["Creator"][];
            /**
             * @description Fields to set or (null) to clear.
             * @default {}
             */
            fields?: { [name: string]: string | null };
            /** @description Another type. */
            item_type?: string;
            /**
             * Format: uint32
             * @description For an attachment: the place among its paper's files, from 0; the first opens first.
             */
            order?: number;
            /** @description All tags anew. */
            tags?: string[];
            /** @description Into or out of the trash. */
            trashed?: boolean;
        };
        /**
         * Job
         * @description Durable background work.
         */
        Job: {
            /**
             * Format: uint32
             * @description The attempt under way or next, from 1.
             */
            attempt: number;
            /** @description When it was asked for. */
            created_at: string;
            /**
             * Format: uint64
             * @description Its number.
             */
            id: number;
            /** @description The attachment it is about. */
            key?: string;
            /** @description `parse`, `recognise`, `store_blob`, `sweep`. */
            kind: string;
            /**
             * Format: uint64
             * @description The library it is about.
             */
            library?: number;
            /** @description Why it failed or waits. */
            message?: string;
            /**
             * Format: uint32
             * @description The page being read, from 1, while it runs; of a recognition, counted among those without text.
             */
            page?: number;
            /**
             * Format: uint32
             * @description Pages in all.
             */
            pages?: number;
            /** @description When it may run (again). */
            run_at: string;
            /** @description `queued`, `running`, `done`, `failed`, `cancelled`. */
            state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled';
        };
        /**
         * JobPage
         * @description A page of jobs, newest first.
         */
        JobPage: {
            /** @description Jobs by state. */
            counts: {
                [key: string]: number;
            };
            /** @description The jobs. */
            items: components["schemas"]["Job"][];
            /** @description Give it as `cursor` for the next page; absent on the last. */
            next_cursor?: string;
        };
        /**
         * Library
         * @description A library.
         */
        Library: {
            /**
             * Format: uint64
             * @description Its number.
             */
            id: number;
            /** @description `user` or `group`. */
            kind: 'user' | 'group';
            /** @description Its name. */
            name: string;
            /** @description The asking person's role in it. */
            role: 'reader' | 'commenter' | 'editor' | 'admin' | 'owner';
            /**
             * Format: uint64
             * @description Its version.
             */
            version: number;
        };
        /**
         * LibraryList
         * @description The libraries of a person.
         */
        LibraryList: {
            /** @description Their own first, then groups by name. */
            items: components["schemas"]["Library"][];
        };
        /**
         * LibraryPatch
         * @description A merge patch for a library.
         */
        LibraryPatch: {
            /** @description Another name. */
            name: string;
        };
        /**
         * Member
         * @description A member of a library.
         */
        Member: {
            /** @description Their name as shown. */
            display_name: string;
            /** @description Their role. */
            role: 'reader' | 'commenter' | 'editor' | 'admin' | 'owner';
            /** @description Who. */
            username: string;
        };
        /**
         * MemberList
         * @description The members of a library.
         */
        MemberList: {
            /** @description Strongest role first. */
            items: components["schemas"]["Member"][];
        };
        /**
         * NewCollection
         * @description A new collection.
         */
        NewCollection: {
            /** @description Its name. */
            name: string;
            /** @description The collection it lies in. */
            parent?: string;
        };
        /**
         * NewLibrary
         * @description A new group.
         */
        NewLibrary: {
            /** @description `group`; everybody's own library comes with the account. */
            kind: string;
            /** @description Its name. */
            name: string;
        };
        /**
         * NewToken
         * @description A token to make.
         */
        NewToken: {
            /** @description When it ends (RFC 3339); absent: never. */
            expires_at?: string;
            /** @description What it is for. */
            name: string;
            /**
             * @description `read`, `write`, `admin`; empty: read and write.
             * @default []
             */
            scopes?: string[];
        };
        /**
         * NewUser
         * @description A person to add.
         */
        NewUser: {
            /**
             * @description Name as shown; empty: the username.
             * @default
             */
            display_name?: string;
            /** @description E-mail address. */
            email: string;
            /** @description First password. */
            password: string;
            /**
             * @description `member` or `admin`.
             * @default member
             */
            role?: 'member' | 'admin';
            /** @description Username. */
            username: string;
        };
        /**
         * Passage
         * @description A place in a paper.
         */
        Passage: {
            /** @description The attachment it is in. */
            attachment: string;
            /** @description The rest of a match that runs on behind a page end or a foot. */
            continues?: components["schemas"]["Continuation"] & unknown;
            /** @description Code points in `text` to mark: begin and end of each. */
            marks: number[][];
            /**
             * Format: uint32
             * @description Where `text` begins in the page's text.
             */
            offset: number;
            /**
             * Format: uint32
             * @description Page, from 1.
             */
            page: number;
            /** @description Its printed label. */
            page_label: string;
            /** @description The heading it stands under. */
            section?: string;
            /** @description The words around it. */
            text: string;
        };
        /**
         * Password
         * @description A file's password.
         */
        Password: {
            /** @description As typed. */
            password: string;
        };
        /**
         * PasswordChange
         * @description Another password.
         */
        PasswordChange: {
            /** @description The one from now on. */
            new: string;
            /** @description The one until now. */
            old: string;
        };
        /**
         * PlacesPage
         * @description Places of one paper.
         */
        PlacesPage: {
            /** @description Give it as `cursor` for the next pages; absent on the last. */
            next_cursor?: string;
            /** @description The places, in page order. */
            passages: components["schemas"]["Passage"][];
            /**
             * Format: uint64
             * @description Pages with a match.
             */
            total_pages: number;
        };
        /**
         * Position
         * @description Where somebody is in a paper.
         */
        Position: {
            /**
             * Format: uint32
             * @description Page, from 1.
             */
            page: number;
            /**
             * Format: uint16
             * @description Clockwise degrees by which they turned it.
             */
            rotation?: number;
            /** @description `page-width`, `page-fit` or a factor. */
            zoom?: string;
        };
        Problem: {
            /** @description The stable word for programs. */
            code: string;
            /** @description With 412: the object as it is now. */
            current?: Record<string, never>;
            /** @description What happened and what to do, for a person. */
            detail: string;
            /** @description Which field is at fault. */
            field?: string;
            /** Format: uint64 */
            missing_bytes?: number;
            request_id: string;
            /** Format: uint16 */
            status: number;
            title: string;
            type: string;
        };
        /**
         * ProfilePatch
         * @description A merge patch for one's own profile.
         */
        ProfilePatch: {
            /** @description Another name as shown. */
            display_name: string;
        };
        /**
         * ReadMark
         * @description How far this person is with a paper.
         */
        ReadMark: {
            /**
             * Format: uint32
             * @description The page they were on last, from 1.
             */
            page?: number;
            /** @description `unread`, `reading` or `read`. */
            state: 'unread' | 'reading' | 'read';
        };
        /**
         * ReadState
         * @description Whether a paper was read.
         */
        ReadState: {
            /** @description `read` or `unread`. */
            state: string;
        };
        /**
         * Reference
         * @description A cited work.
         */
        Reference: {
            /** @description arXiv identifier. */
            arxiv?: string;
            /** @description Its authors. */
            authors: components["schemas"]["ReferenceAuthor"][];
            /** @description Where the text cites it. */
            cited_in: components["schemas"]["Citation"][];
            /**
             * Format: double
             * @description How sure the title is, 0 to 1.
             */
            confidence: number;
            /** @description DOI. */
            doi?: string;
            /** @description Issue. */
            issue?: string;
            /** @description Number or key printed before it. */
            label: string;
            /**
             * Format: uint16
             * @description Which list it stands in, from 0.
             */
            list: number;
            /** @description Pages. */
            pages?: string;
            /** @description The paper in a library of yours. */
            paper?: components["schemas"]["ReferencePaper"] & unknown;
            /** @description Where its entry stands. */
            places: components["schemas"]["ReferencePlace"][];
            /** @description As printed, lines joined. */
            raw: string;
            /** @description Title of the work. */
            title?: string;
            /** @description Web address. */
            url?: string;
            /** @description Journal, book or series. */
            venue?: string;
            /** @description Volume. */
            volume?: string;
            /**
             * Format: uint16
             * @description Year of publication.
             */
            year?: number;
        };
        /**
         * ReferenceAuthor
         * @description An author of a cited work.
         */
        ReferenceAuthor: {
            /** @description Family name. */
            family?: string;
            /** @description Given names. */
            given?: string;
            /** @description The whole name of a person with one name, or of a group. */
            name?: string;
        };
        /**
         * ReferenceList
         * @description The works that a paper cites.
         */
        ReferenceList: {
            /** @description In printed order. */
            items: components["schemas"]["Reference"][];
        };
        /**
         * ReferencePaper
         * @description A paper that is the cited work, in a library of the person who asks.
         */
        ReferencePaper: {
            /** @description Whether it has a PDF to be read. */
            has_pdf: boolean;
            /** @description The paper's key. */
            key: string;
            /**
             * Format: uint64
             * @description The library.
             */
            library: number;
        };
        /**
         * ReferencePlace
         * @description Where the entry of a cited work stands on one page.
         */
        ReferencePlace: {
            /**
             * Format: uint32
             * @description Page, from 1.
             */
            page: number;
            /** @description Boxes of its lines in PDF user space: left, bottom, right, top. */
            rects: number[][];
        };
        /**
         * Relative
         * @description A paper that belongs to another, or seems to.
         */
        Relative: {
            /** @description In printed order. */
            creators: components["schemas"]["Creator"][];
            /** @description Zotero's item type. */
            item_type: string;
            /** @description Its key. */
            key: string;
            /** @description Whether somebody said so; otherwise it only seems to be. */
            linked: boolean;
            /**
             * @description What it is to the paper that was asked for: `versions`, `supplement_of` (the paper is a supplement of this one),
             *     `supplemented_by` (this one is a supplement of the paper).
             */
            relation: string;
            /** @description Its title. */
            title: string;
            /**
             * Format: uint16
             * @description Year of publication.
             */
            year?: number;
        };
        /**
         * RelativeList
         * @description Versions and supplements of a paper.
         */
        RelativeList: {
            /** @description Linked ones first. */
            items: components["schemas"]["Relative"][];
        };
        /**
         * RoleGrant
         * @description A role to give.
         */
        RoleGrant: {
            /** @description `reader`, `commenter`, `editor`, `admin` or `owner`. */
            role: 'reader' | 'commenter' | 'editor' | 'admin' | 'owner';
        };
        /**
         * SearchHint
         * @description Something about the query that a person may want to know.
         */
        SearchHint: {
            /** @description `unknown_field`: there is no field of this name, so it was searched as words. */
            code: string;
            /** @description The field's name as typed. */
            field: string;
            /** @description The hint in words. */
            message: string;
        };
        /**
         * SearchPage
         * @description A page of hits.
         */
        SearchPage: {
            /** @description What to tell the person about the query beside the hits. */
            hints: components["schemas"]["SearchHint"][];
            /** @description The hits, best first. */
            hits: components["schemas"]["Hit"][];
            /** @description Give it as `cursor` for the next page; absent on the last. */
            next_cursor?: string;
            /**
             * Format: uint64
             * @description Papers found in all.
             */
            total: number;
        };
        /**
         * Session
         * @description Who is signed in, and where.
         */
        Session: {
            /** @description Whether scanned pages are recognised here. */
            recognises_scans: boolean;
            /** @description The name of the place. */
            server_name: string;
            /** @description The person. */
            user: components["schemas"]["User"] & unknown;
        };
        /**
         * Setup
         * @description The first account.
         */
        Setup: {
            /**
             * @description Name as shown; empty: the username.
             * @default
             */
            display_name?: string;
            /** @description E-mail address. */
            email: string;
            /** @description Password. */
            password: string;
            /**
             * @description The name of the place.
             * @default
             */
            server_name?: string;
            /** @description The secret in the setup link. */
            token: string;
            /** @description Username. */
            username: string;
        };
        /**
         * SetupState
         * @description Whether an administrator exists.
         */
        SetupState: {
            /** @description Whether the server is set up. */
            done: boolean;
            /** @description The name of the place, once it is. */
            server_name?: string;
        };
        /**
         * SignIn
         * @description Sign-in.
         */
        SignIn: {
            /** @description Username or e-mail address. */
            login: string;
            /** @description Password. */
            password: string;
        };
        /**
         * Tag
         * @description A tag and its papers.
         */
        Tag: {
            /**
             * Format: uint64
             * @description Papers with it.
             */
            count: number;
            /** @description The tag. */
            tag: string;
        };
        /**
         * TagList
         * @description All tags of a library.
         */
        TagList: {
            /** @description The tags in alphabetical order. */
            items: components["schemas"]["Tag"][];
        };
        /**
         * Token
         * @description A personal token.
         */
        Token: {
            /** @description When it was made. */
            created_at: string;
            /** @description When it ends. */
            expires_at?: string;
            /** @description Its identifier (not the secret). */
            id: string;
            /** @description When it was last used. */
            last_used_at?: string;
            /** @description What it is for. */
            name: string;
            /** @description `read`, `write`, `admin`. */
            scopes: string[];
        };
        /**
         * TokenList
         * @description A person's tokens.
         */
        TokenList: {
            /** @description Newest first. */
            items: components["schemas"]["Token"][];
        };
        /**
         * TokenSecret
         * @description A token just made.
         */
        TokenSecret: {
            /** @description Its identifier. */
            id: string;
            /** @description The secret; shown this once. */
            secret: string;
        };
        /**
         * User
         * @description A person.
         */
        User: {
            /** @description When the account was made. */
            created_at: string;
            /** @description Whether they may not sign in. */
            disabled: boolean;
            /** @description Name as shown. */
            display_name: string;
            /** @description E-mail address. */
            email: string;
            /**
             * Format: uint64
             * @description Their number.
             */
            id: number;
            /** @description When they were last seen. */
            last_seen_at?: string;
            /** @description `member` or `admin`. */
            role: 'member' | 'admin';
            /** @description Short name for signing in and mentions. */
            username: string;
        };
        /**
         * UserList
         * @description A page of people.
         */
        UserList: {
            /** @description In the order in which they came. */
            items: components["schemas"]["User"][];
        };
        /**
         * UserPatch
         * @description A merge patch for a person.
         */
        UserPatch: {
            /** @description Whether they may not sign in. */
            disabled?: boolean;
            /** @description Another password. */
            password?: string;
            /** @description Another role. */
            role?: 'member' | 'admin';
        };
        /**
         * Verdict
         * @description What somebody says of two papers.
         */
        Verdict: {
            /** @description `versions`, `supplement_of` (the first is a supplement of the other) or `unrelated`. */
            relation: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    list_bans: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["BanList"];
                };
            };
            /** @description A problem (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    lift_ban: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_disk: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["DiskRoom"];
                };
            };
            /** @description A problem (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_users: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["UserList"];
                };
            };
            /** @description A problem (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_user: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json; charset=utf-8": components["schemas"]["NewUser"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["User"];
                };
            };
            /** @description A problem (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_user: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json; charset=utf-8": components["schemas"]["UserPatch"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["User"];
                };
            };
            /** @description A problem (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_jobs: {
        parameters: {
            query?: {
                library?: number;
                state?: string;
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["JobPage"];
                };
            };
            /** @description A problem (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancel_job: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Job"];
                };
            };
            /** @description A problem (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    retry_job: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Job"];
                };
            };
            /** @description A problem (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_libraries: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["LibraryList"];
                };
            };
            /** @description A problem (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_library: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json; charset=utf-8": components["schemas"]["NewLibrary"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Library"];
                };
            };
            /** @description A problem (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_library: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                library: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Library"];
                };
            };
            /** @description A problem (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_library: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                library: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rename_library: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                library: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json; charset=utf-8": components["schemas"]["LibraryPatch"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Library"];
                };
            };
            /** @description A problem (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_activity: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path: {
                library: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["ActivityPage"];
                };
            };
            /** @description A problem (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_changes: {
        parameters: {
            query?: {
                since?: number;
            };
            header?: never;
            path: {
                library: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["ChangeList"];
                };
            };
            /** @description A problem (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_collections: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                library: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The object. */
            200: {
                headers: {
                    ETAG: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["CollectionList"];
                };
            };
            /** @description `If-None-Match` names the present version. */
            304: {
                headers: {
                    ETAG: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_collection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                library: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json; charset=utf-8": components["schemas"]["NewCollection"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Collection"];
                };
            };
            /** @description A problem (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_collection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                library: number;
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_collection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                library: number;
                key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json; charset=utf-8": components["schemas"]["CollectionPatch"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Collection"];
                };
            };
            /** @description A problem (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_facets: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                library: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The object. */
            200: {
                headers: {
                    ETAG: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Facets"];
                };
            };
            /** @description `If-None-Match` names the present version. */
            304: {
                headers: {
                    ETAG: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_items: {
        parameters: {
            query?: {
                q?: string;
                collection?: string;
                tag?: string;
                item_type?: string;
                since?: number;
                sort?: string;
                direction?: string;
                trash?: boolean;
                doubtful?: boolean;
                limit?: number;
                cursor?: string;
                offset?: number;
            };
            header?: never;
            path: {
                library: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["ItemPage"];
                };
            };
            /** @description A problem (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_item: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                library: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json; charset=utf-8": components["schemas"]["ItemPatch"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Item"];
                };
            };
            /** @description A problem (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_items: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                library: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json; charset=utf-8": components["schemas"]["ItemBatch"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["BatchResult"];
                };
            };
            /** @description A problem (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_item: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                library: number;
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The object. */
            200: {
                headers: {
                    ETAG: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Item"];
                };
            };
            /** @description `If-None-Match` names the present version. */
            304: {
                headers: {
                    ETAG: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    trash_item: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                library: number;
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_item: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                library: number;
                key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json; charset=utf-8": components["schemas"]["ItemPatch"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Item"];
                };
            };
            /** @description A problem (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_as_read: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                library: number;
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["AsRead"];
                };
            };
            /** @description A problem (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_children: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                library: number;
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["ItemList"];
                };
            };
            /** @description A problem (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_file: {
        parameters: {
            query?: {
                /** @description To be saved rather than shown. */
                download?: boolean;
            };
            header?: {
                Range?: string;
            };
            path: {
                library: number;
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The whole file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": string;
                };
            };
            /** @description The range. */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": string;
                };
            };
            /** @description Known already. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description No such range. */
            416: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_layout: {
        parameters: {
            query?: {
                /** @description 3 or 1-3. */
                pages?: string;
            };
            header?: never;
            path: {
                library: number;
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The layout. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        pages: {
                            crop: number[];
                            divisions: unknown[][];
                            height: number;
                            /** @description As printed. */
                            label: string;
                            links: {
                                page?: number;
                                rect: number[];
                                top?: number;
                                uri?: string;
                            }[];
                            /** @description From 1. */
                            page: number;
                            recognised?: boolean;
                            roles: unknown[][];
                            rotate: number;
                            text: string;
                            width: number;
                            words: number[][];
                        }[];
                    };
                };
            };
            /** @description A problem (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_outline: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                library: number;
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The outline. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        from_headings: boolean;
                        outline: {
                            level: number;
                            page?: number;
                            title: string;
                            top?: number;
                        }[];
                        pages: {
                            crop: number[];
                            height: number;
                            /** @description As printed. */
                            label: string;
                            /** @description From 1. */
                            page: number;
                            rotate: number;
                            width: number;
                        }[];
                    };
                };
            };
            /** @description A problem (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_page_image: {
        parameters: {
            query?: {
                /** @description In pixels; the next of 160, 320, 640, 960, 1280, 1920. */
                width?: number;
            };
            header?: never;
            path: {
                library: number;
                key: string;
                page: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The picture. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/webp": string;
                };
            };
            /** @description Known already. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    give_password: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                library: number;
                key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json; charset=utf-8": components["schemas"]["Password"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Job"];
                };
            };
            /** @description A problem (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_places: {
        parameters: {
            query?: {
                q?: string;
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path: {
                library: number;
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["PlacesPage"];
                };
            };
            /** @description A problem (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_position: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                library: number;
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Position"];
                };
            };
            /** @description A problem (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_position: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                library: number;
                key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json; charset=utf-8": components["schemas"]["Position"];
            };
        };
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    mark_read: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                library: number;
                key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json; charset=utf-8": components["schemas"]["ReadState"];
            };
        };
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_again: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                library: number;
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Job"];
                };
            };
            /** @description A problem (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_references: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                library: number;
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["ReferenceList"];
                };
            };
            /** @description A problem (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_relatives: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                library: number;
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["RelativeList"];
                };
            };
            /** @description A problem (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_relative: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                library: number;
                key: string;
                other: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json; charset=utf-8": components["schemas"]["Verdict"];
            };
        };
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    remove_relative: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                library: number;
                key: string;
                other: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_text: {
        parameters: {
            query?: {
                /** @description From 1; absent: all. */
                page?: number;
            };
            header?: never;
            path: {
                library: number;
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The text. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description A problem (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_members: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                library: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["MemberList"];
                };
            };
            /** @description A problem (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_member: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                library: number;
                username: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json; charset=utf-8": components["schemas"]["RoleGrant"];
            };
        };
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    remove_member: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                library: number;
                username: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_tags: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                library: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The object. */
            200: {
                headers: {
                    ETAG: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["TagList"];
                };
            };
            /** @description `If-None-Match` names the present version. */
            304: {
                headers: {
                    ETAG: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    live: {
        parameters: {
            query?: {
                /** @description For the event stream: numbers separated by commas. */
                libraries?: string;
                /** @description For the event stream: library:version, separated by commas. */
                since?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The WebSocket. */
            101: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The event stream. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description A problem (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_openapi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OpenAPI 3.0. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            /** @description A problem (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    search: {
        parameters: {
            query?: {
                q?: string;
                library?: number;
                limit?: number;
                cursor?: string;
                places?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["SearchPage"];
                };
            };
            /** @description A problem (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_session: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Session"];
                };
            };
            /** @description A problem (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sign_in: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json; charset=utf-8": components["schemas"]["SignIn"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Session"];
                };
            };
            /** @description A problem (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sign_out: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_profile: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json; charset=utf-8": components["schemas"]["ProfilePatch"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["User"];
                };
            };
            /** @description A problem (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_password: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json; charset=utf-8": components["schemas"]["PasswordChange"];
            };
        };
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_sessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["BrowserList"];
                };
            };
            /** @description A problem (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    end_session: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_setup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["SetupState"];
                };
            };
            /** @description A problem (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    complete_setup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json; charset=utf-8": components["schemas"]["Setup"];
            };
        };
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_tokens: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["TokenList"];
                };
            };
            /** @description A problem (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_token: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json; charset=utf-8": components["schemas"]["NewToken"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["TokenSecret"];
                };
            };
            /** @description A problem (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revoke_token: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_uploads: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The uploads. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            created_at: string;
                            expires_at: string;
                            filename: string;
                            id: string;
                            /** Format: uint64 */
                            library: number;
                            metadata: string;
                            /** Format: uint64 */
                            offset: number;
                            /** Format: uint64 */
                            size_bytes?: number;
                            state: string;
                            url: string;
                        }[];
                    };
                };
            };
            /** @description A problem (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_upload: {
        parameters: {
            query?: never;
            header: {
                "Tus-Resumable": string;
                "Upload-Length"?: string;
                "Upload-Defer-Length"?: string;
                "Upload-Metadata"?: string;
                "Upload-Concat"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Made; its address is in Location. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    terminate_upload: {
        parameters: {
            query?: never;
            header: {
                "Tus-Resumable": string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_upload: {
        parameters: {
            query?: never;
            header: {
                "Tus-Resumable": string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Upload-Offset says so. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    write_upload: {
        parameters: {
            query?: never;
            header: {
                "Tus-Resumable": string;
                "Upload-Offset": string;
                "Upload-Checksum"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/offset+octet-stream": string;
            };
        };
        responses: {
            /** @description Taken up to Upload-Offset. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    healthz: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Text. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description A problem (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    metrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Text. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description A problem (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readyz: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Text. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description A problem (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
