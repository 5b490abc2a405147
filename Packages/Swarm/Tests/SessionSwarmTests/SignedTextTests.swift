import SessionCrypto
import SessionInterfaces
import SessionSwarm
import Testing

/// Texts and signatures computed independently from the protocol document.
@Suite struct SignedTextTests {
    static let user = Ed25519KeyPair.fixed(
        seed: "0123456789abcdef0123456789abcdef00000000000000000000000000000000")
    static let group = Ed25519KeyPair.repeating(0x5a)
    static let member = Ed25519KeyPair.repeating(0x77)
    static let node = Ed25519KeyPair.repeating(0x10)
    static let account = AccountID(standard: user.x25519.publicKey)
    static let groupAccount = AccountID(prefix: .group, key: group.publicKey.bytes)
    static let now = Timestamp(milliseconds: 1_700_000_000_000)
    static let tomorrow = Timestamp(milliseconds: 1_700_086_400_000)
    static let h1 = MessageHash("4sMyAuaZlMwww3oFvfhazfw7ASx/7TDtO+TVc8aAjHs")!
    static let h2 = MessageHash("AWSi1/ImI0KKv6dpa32T17Jkf5xrMELQP9fBAecAtyA")!
    static let h3 = MessageHash("BpXik0GsfOAsfcjchz/tFAjQ40JT3lSdKR3M9D6jpfI")!
    static let writer = SubaccountToken(.group, [.read, .write], for: member.publicKey)
    static let deleter = SubaccountToken(.group, [.read, .write, .delete], for: member.publicKey)

    static let requests: [(SignedText, Ed25519KeyPair, String, String)] = [
        (
            .store(Namespace(rawValue: 2), at: now), user, "store21700000000000",
            "KNaPUUhj78bGZlJG9+FEzvCg29VVlpZtpRR0RU5FP/BYxFZhKajtUp97U5Lsolfh7tAKXy38gBo4LcXKRdSSCg=="
        ),
        (
            .store(Namespace(rawValue: 0), at: now), user, "store1700000000000",
            "plN7pehjM3nZ5+TaBKBCjBLSG74QiWdZuBVN5k70Gf3c50frNHWAhyTYBcacJuaGmX57WCvHZ+UO9iqM8r2zDw=="
        ),
        (
            .store(Namespace(rawValue: 5), at: now), user, "store51700000000000",
            "RVi047AVr5EZgrISgAgSFQYjrrvDEBxQxzPT87QQMsEXmLEGyhtfAfGLSxTajh5jHf7fEEAzp63zWs8THmlSCg=="
        ),
        (
            .store(Namespace(rawValue: -21), at: now), user, "store-211700000000000",
            "PhVIcyBvw3CZAvO2hxf5eE4pQs4NKAX+emfkoaj+oikuKqf6Dop3kFSS6OgrnACaipXwZp77PZi5vOO7vNEqCw=="
        ),
        (
            .retrieve(Namespace(rawValue: 0), at: now), user, "retrieve1700000000000",
            "WyOyu+IdImmQ8OV7AdFy6O5bTGN2pn7r6UQdyVYaZIkW25BqP1rzts9nJJOT85kCiurH2eozd2DV7Mhds7fGAg=="
        ),
        (
            .retrieve(Namespace(rawValue: 4), at: now), user, "retrieve41700000000000",
            "sg8PX9mixG3Z6cqXXcNEsjcgExW6WCa8WAquwR1AD9NyUMInzKHl0qXz+/35mChRBsKD+NeG9sukBY531pAcDw=="
        ),
        (
            .retrieve(Namespace(rawValue: 11), at: now), group, "retrieve111700000000000",
            "ISRwYlZdYFovotvDOaAqQ7XZlJg13TqGpOOzjqwjq3855cg4UA92nY3Soq5akwUu9fbk8Ufe8A1ubFY90A/hCQ=="
        ),
        (
            .retrieve(Namespace(rawValue: -11), at: now), group, "retrieve-111700000000000",
            "5G5HXxnnHflHa8qXL0t1nitkzARSQkoohNsDCCRWTSrlbKgZarc9FqE9/2tbpIJwyBdCy1VxLVX2Q1/CXwlRBw=="
        ),
        (
            .delete([h1, h2]), user,
            "delete4sMyAuaZlMwww3oFvfhazfw7ASx/7TDtO+TVc8aAjHsAWSi1/ImI0KKv6dpa32T17Jkf5xrMELQP9fBAecAtyA",
            "0lyJoKXq23f4K1nx/2NpparkVwZQiiEJNQXNBspDgS6+wpC9L3Yo2GsiFV5AHPHhLYgJ4a0z9leqO9CTsM/SCw=="
        ),
        (
            .deleteAll(.namespace(Namespace(rawValue: 0)), at: now), user, "delete_all1700000000000",
            "vhljerzr5JDj+2J1AmqfAAUoA0VyC0zPK6a0Ra2y3FPqdhWAWUYvE5dx8rZuQzd9Waq8X9h+ITaT9X5n3Wv2AA=="
        ),
        (
            .deleteAll(.all, at: now), user, "delete_allall1700000000000",
            "6yLmTE8A19eR6jg+Ued8wgxvrYxxYXbInwZ2mCF+ZA7GUd15mTCYxHMEODKQ1UCg9QArHU1NC7hPeojEMzy4AQ=="
        ),
        (
            .deleteAll(.namespace(Namespace(rawValue: 3)), at: now), user, "delete_all31700000000000",
            "srqFVmRqRumQG14nAzhrOJDRUo8jQO6lX4dDbLTc8MJCg+BNK3BtDlZHuAzhIHb93VXuNBefQbgdbIn7spGFCg=="
        ),
        (
            .deleteBefore(.namespace(Namespace(rawValue: 0)), now), user, "delete_before1700000000000",
            "9oUKCHVtHHhKz6FfeVMHXfZvt7GNPICa12E+WOTd1vkk8gj6W3lFjQWqz8dte4srTucppyYkqjHQyWewhwfHDQ=="
        ),
        (
            .deleteBefore(.all, now), user, "delete_beforeall1700000000000",
            "4BytQHp9V0CsPc8vJsJVaTaZveeAS2v309PTnV+eIwtWfzhdp25kASLyuPedzo+GCH3oRgi6fJOQ8O+Oto27DQ=="
        ),
        (
            .expireAll(.namespace(Namespace(rawValue: 0)), tomorrow), user, "expire_all1700086400000",
            "k4CYeTRY+oiyb8w4PXmD/0fQeaj14vqSJ0u0bvRaH03zjcYqxlYstgolaE+CeERwbgTWaR96CSE66InLwNZMAg=="
        ),
        (
            .expireAll(.namespace(Namespace(rawValue: 2)), tomorrow), user, "expire_all21700086400000",
            "NRk9MctOWwzPi5KIP8JES+TgnHS2oAVhFPb9NbpYmVLjIVcf2Ctbrh/u81Mcr5pMhGxImjCpB6Xs402BJzt7Cw=="
        ),
        (
            .expire(.set, [tomorrow], [h1]), user, "expire17000864000004sMyAuaZlMwww3oFvfhazfw7ASx/7TDtO+TVc8aAjHs",
            "Iej5lL3cn1PR3Ru65Vk9q5WP01bs7BNH80GC7YvoGmCi73xNyVRidVVU5d3CHWLlRQO1qqUNkoshzFglr9QRDQ=="
        ),
        (
            .expire(.shorten, [tomorrow], [h1, h2]), user,
            "expireshorten17000864000004sMyAuaZlMwww3oFvfhazfw7ASx/7TDtO+TVc8aAjHsAWSi1/ImI0KKv6dpa32T17Jkf5xrMELQP9fBAecAtyA",
            "EXx7Qq/Z16y7RE9sQcyjVoH8M9fIxXVquF1B8awMR8nOw+sZXxJwnyinRZk1oBGeHLbDO6bQXp6cuTtwdxkRCw=="
        ),
        (
            .expire(.extend, [tomorrow], [h1, h2]), user,
            "expireextend17000864000004sMyAuaZlMwww3oFvfhazfw7ASx/7TDtO+TVc8aAjHsAWSi1/ImI0KKv6dpa32T17Jkf5xrMELQP9fBAecAtyA",
            "9krFiIgBSkbmmldwFEE0wDexr0MemUtSlAKjqYuykKWJcMIMlv6P+wUCxvxYwNECNAvIrnS1Ih7bcuXZVOa1CQ=="
        ),
        (
            .expire(
                .extend, [Timestamp(milliseconds: 1700001000000), Timestamp(milliseconds: 1700002000000)], [h1, h2]),
            user,
            "expireextend170000100000017000020000004sMyAuaZlMwww3oFvfhazfw7ASx/7TDtO+TVc8aAjHsAWSi1/ImI0KKv6dpa32T17Jkf5xrMELQP9fBAecAtyA",
            "4UWZfgHkVFZX7MUtUJ2DVjzaV9F3KhpFHGG52Zru3h9cLfAitP3xCCpUv1YGunQRIwaXIGyDcEpaEj96u73hAA=="
        ),
        (
            .getExpiries([h1, h2], at: now), user,
            "get_expiries17000000000004sMyAuaZlMwww3oFvfhazfw7ASx/7TDtO+TVc8aAjHsAWSi1/ImI0KKv6dpa32T17Jkf5xrMELQP9fBAecAtyA",
            "ERp8oaCamwKRnt5ZYy6imrQowz91G/sbyY3hL9q1MX7Gb6hWZnkp1qmYjqJuf0NLVZzJBVRI39qrXzSzPPWZDQ=="
        ),
        (
            .revokeSubaccounts([writer], at: now), group,
            "7265766f6b655f7375626163636f756e743137303030303030303030303003030000c853ad0f0cd2b619aea92ceec4fd56a24d6499d584ce79257e45cfd8139b60a7",
            "zVIB38aIFVXns8r1tnYZvz0hjIhYWt10eMBBqTQ40DZTnJ+EsqkKopJvIatpRBz9hf1ctUpmIohdtTRtyhM7Dw=="
        ),
        (
            .unrevokeSubaccounts([writer, deleter], at: now), group,
            "756e7265766f6b655f7375626163636f756e743137303030303030303030303003030000c853ad0f0cd2b619aea92ceec4fd56a24d6499d584ce79257e45cfd8139b60a703070000c853ad0f0cd2b619aea92ceec4fd56a24d6499d584ce79257e45cfd8139b60a7",
            "szbE405kvEumtyQ1yHAKlJaEjxGXDq6TXR1CO8+sGX2aVTbASFkhB99BuBMdzFPuEgUNRo6Tx7dw6CTOojDDAA=="
        ),
        (
            .revokedSubaccounts(at: now), group, "revoked_subaccounts1700000000000",
            "m7Uiuy24HhaS3TBBYdQALvjMj6IhW8u5wvF9Z0Z3TNlLTC1aSNZ1c0Vz/tIr7VTbUtfJWm4KRT+fT5pvlemsAg=="
        ),
        (
            .monitor(account, [Namespace(rawValue: 0)], includesData: true, at: now), user,
            "MONITOR05d2ad010eeb72d72e561d9de7bd7b6989af77dcabffa03a5111a6c859ae5c3a72170000000010",
            "qranYTWHckVi7SZF5Suo9saDiU0jRxKZ1czDxCkiKqhEw7Q5KhHybXAxqcqYU4hkm2LOBcSW1ffcoq5HCrPFCw=="
        ),
        (
            .monitor(
                account,
                [
                    Namespace(rawValue: -400), Namespace(rawValue: 0), Namespace(rawValue: 2), Namespace(rawValue: 3),
                    Namespace(rawValue: 4), Namespace(rawValue: 5),
                ], includesData: false, at: now), user,
            "MONITOR05d2ad010eeb72d72e561d9de7bd7b6989af77dcabffa03a5111a6c859ae5c3a7217000000000-400,0,2,3,4,5",
            "mfLJMvaA8WkYDqFfxRbFc6WM3bluoR3eFx9BkUxYYQuKiNCGUA3n2cjrc0Hlkbg3vIOf5bGEnRRQlbOFOqWxCg=="
        ),
        (
            .monitor(
                groupAccount,
                [
                    Namespace(rawValue: -11), Namespace(rawValue: 11), Namespace(rawValue: 12), Namespace(rawValue: 13),
                    Namespace(rawValue: 14),
                ], includesData: true, at: now), group,
            "MONITOR030d7550754e0800a5d237eef5826035766b9b3e5a15868a940ab289958788e3b017000000001-11,11,12,13,14",
            "8jYNtCFo9GFY3YOaMNVSkVupAT5jWI+cV8WGIftB1PSZcEpPuTNQmeTubW15AHDpZCeYZ5Xxu7ny2aym+fAjAQ=="
        ),
        (
            .monitor(groupAccount, [Namespace(rawValue: 11)], includesData: true, at: now), member,
            "MONITOR030d7550754e0800a5d237eef5826035766b9b3e5a15868a940ab289958788e3b01700000000111",
            "HL9V4t6N+/9374cWl+4mKNK9oNCjh+iiAcHn/J2RH+Nt/b8ayXupiID6zQbdeQJJcdkcljpMtAJ0BQ45c2MaBw=="
        ),
    ]

    /// Hashes are given in descending order where the text has them in ascending order.
    static let confirmations: [(SignedText, String, String)] = [
        (
            .confirmedStore(h1), "4sMyAuaZlMwww3oFvfhazfw7ASx/7TDtO+TVc8aAjHs",
            "mJwbd/nH7AEFhe9sHz722+wZNbX9S32XKJBiOYTiWugc29FopG2tMh84mTSUo16xnQOrKEXhXdX7Ef3j4MXsAQ=="
        ),
        (
            .confirmedDelete(account, requested: [h1, h2, h3], deleted: [h2, h1]),
            "05d2ad010eeb72d72e561d9de7bd7b6989af77dcabffa03a5111a6c859ae5c3a724sMyAuaZlMwww3oFvfhazfw7ASx/7TDtO+TVc8aAjHsAWSi1/ImI0KKv6dpa32T17Jkf5xrMELQP9fBAecAtyABpXik0GsfOAsfcjchz/tFAjQ40JT3lSdKR3M9D6jpfI4sMyAuaZlMwww3oFvfhazfw7ASx/7TDtO+TVc8aAjHsAWSi1/ImI0KKv6dpa32T17Jkf5xrMELQP9fBAecAtyA",
            "To11oiA0xWY73T0UQ7CzzGLeSL7+7I/nnLioijOw60P6M3WOdTmCK7P+Q6buNnjyK69sN9J2Q1fL7C1uI+VBBw=="
        ),
        (
            .confirmedDeleteAll(account, at: now, deleted: [h3, h2, h1]),
            "05d2ad010eeb72d72e561d9de7bd7b6989af77dcabffa03a5111a6c859ae5c3a7217000000000004sMyAuaZlMwww3oFvfhazfw7ASx/7TDtO+TVc8aAjHsAWSi1/ImI0KKv6dpa32T17Jkf5xrMELQP9fBAecAtyABpXik0GsfOAsfcjchz/tFAjQ40JT3lSdKR3M9D6jpfI",
            "/cyvzMt7fuAKepQUF8F6Rn/BnLAl85FdnhhnPEa+3xmkNZZBJ9hcntbj6O2qV22mJKO6LVV2/s6DZJapBHPxBA=="
        ),
        (
            .confirmedDeleteBefore(account, now, deleted: [h3, h2, h1]),
            "05d2ad010eeb72d72e561d9de7bd7b6989af77dcabffa03a5111a6c859ae5c3a7217000000000004sMyAuaZlMwww3oFvfhazfw7ASx/7TDtO+TVc8aAjHsAWSi1/ImI0KKv6dpa32T17Jkf5xrMELQP9fBAecAtyABpXik0GsfOAsfcjchz/tFAjQ40JT3lSdKR3M9D6jpfI",
            "/cyvzMt7fuAKepQUF8F6Rn/BnLAl85FdnhhnPEa+3xmkNZZBJ9hcntbj6O2qV22mJKO6LVV2/s6DZJapBHPxBA=="
        ),
        (
            .confirmedExpireAll(account, tomorrow, updated: [h3, h2, h1]),
            "05d2ad010eeb72d72e561d9de7bd7b6989af77dcabffa03a5111a6c859ae5c3a7217000864000004sMyAuaZlMwww3oFvfhazfw7ASx/7TDtO+TVc8aAjHsAWSi1/ImI0KKv6dpa32T17Jkf5xrMELQP9fBAecAtyABpXik0GsfOAsfcjchz/tFAjQ40JT3lSdKR3M9D6jpfI",
            "SIrcWR48TVpegarpec3PFCbFLqJMz6La4mvyo1NdKviP74DxW3bBsRfdTGOa32fa5KCxczOIx3TbM2IteGeMAw=="
        ),
        (
            .confirmedExpire(account, [tomorrow], requested: [h1, h2], updated: [h2, h1], unchanged: [:]),
            "05d2ad010eeb72d72e561d9de7bd7b6989af77dcabffa03a5111a6c859ae5c3a7217000864000004sMyAuaZlMwww3oFvfhazfw7ASx/7TDtO+TVc8aAjHsAWSi1/ImI0KKv6dpa32T17Jkf5xrMELQP9fBAecAtyA4sMyAuaZlMwww3oFvfhazfw7ASx/7TDtO+TVc8aAjHsAWSi1/ImI0KKv6dpa32T17Jkf5xrMELQP9fBAecAtyA",
            "x61ICVmjvb9Vf5p0jqXaL4JvJH74i6O8ZgdmVh4EfUzdPKrUTHFNcaXT8KSE2W1lUAvMiD4SKBY+3UP3TkbDBQ=="
        ),
        (
            .confirmedExpire(
                account, [tomorrow], requested: [h1, h2], updated: [h1],
                unchanged: [h2: Timestamp(milliseconds: 1700090000000)]),
            "05d2ad010eeb72d72e561d9de7bd7b6989af77dcabffa03a5111a6c859ae5c3a7217000864000004sMyAuaZlMwww3oFvfhazfw7ASx/7TDtO+TVc8aAjHsAWSi1/ImI0KKv6dpa32T17Jkf5xrMELQP9fBAecAtyA4sMyAuaZlMwww3oFvfhazfw7ASx/7TDtO+TVc8aAjHsAWSi1/ImI0KKv6dpa32T17Jkf5xrMELQP9fBAecAtyA1700090000000",
            "LgfUHEg5ID9PV4FZbfd1hvdMSc4LqdozcUcgU53gqpOLWJeUb9WIWMo2tvgOpuy4fvbKs5AF2JF91Qt+3/5LAQ=="
        ),
        (
            .confirmedExpire(
                account, [Timestamp(milliseconds: 1700001000000), Timestamp(milliseconds: 1700002000000)],
                requested: [h1, h2], updated: [h2, h1], unchanged: [:]),
            "05d2ad010eeb72d72e561d9de7bd7b6989af77dcabffa03a5111a6c859ae5c3a72170000100000017000020000004sMyAuaZlMwww3oFvfhazfw7ASx/7TDtO+TVc8aAjHsAWSi1/ImI0KKv6dpa32T17Jkf5xrMELQP9fBAecAtyA4sMyAuaZlMwww3oFvfhazfw7ASx/7TDtO+TVc8aAjHsAWSi1/ImI0KKv6dpa32T17Jkf5xrMELQP9fBAecAtyA",
            "PoMlct/x71onnxkKGvJVxYJqLHLw7VsywOnb0p9f9br6c3JCHJD3ws7mcSmijcr6QLtIzdfgoFDc1xGO0/4JAA=="
        ),
        (
            .confirmedRevocation(groupAccount, [writer], at: now),
            "3033306437353530373534653038303061356432333765656635383236303335373636623962336535613135383638613934306162323839393538373838653362303137303030303030303030303003030000c853ad0f0cd2b619aea92ceec4fd56a24d6499d584ce79257e45cfd8139b60a7",
            "h0SI2kRlPWH/J5Ng5PkFzLvGQP0qd1a84GNY1ARKzH2yMfEw0WjyyfsILBOkfyLRs1HCXeeSnt/xc9TL8hsLDw=="
        ),
    ]

    /// Texts with raw bytes in them are given in hexadecimal.
    private func expect(_ text: SignedText, is known: String, signedBy keys: Ed25519KeyPair, with signature: String) {
        #expect(text.bytes == Array(known.utf8) || Hex.encode(text.bytes) == known)
        #expect(Base64.encode(keys.sign(text.bytes)) == signature)
    }

    @Test(arguments: requests)
    func requestTexts(text: SignedText, keys: Ed25519KeyPair, known: String, signature: String) {
        expect(text, is: known, signedBy: keys, with: signature)
    }

    @Test(arguments: confirmations)
    func confirmationTexts(text: SignedText, known: String, signature: String) {
        expect(text, is: known, signedBy: Self.node, with: signature)
    }

    @Test(
        arguments: [

            (
                1, "AwEAAMhTrQ8M0rYZrqks7sT9VqJNZJnVhM55JX5Fz9gTm2Cn",
                "fXNijwdhST4jX8kGuTPymjA9XV4bvEnYvDkLeb1hPdij6yx6YSMrC05yKXbfz7aAtsJLDdkBmxorufVCPYEAAA=="
            ),
            (
                3, "AwMAAMhTrQ8M0rYZrqks7sT9VqJNZJnVhM55JX5Fz9gTm2Cn",
                "c1p1BLoyjchSidh2mGU4wNtmRRMCHBcDWDjxbpwKUhquWrZK5FX1XJE/Dc8HBU/cyhTrmCSDgndZGoDFwzWBCQ=="
            ),
            (
                7, "AwcAAMhTrQ8M0rYZrqks7sT9VqJNZJnVhM55JX5Fz9gTm2Cn",
                "WgZptIpR7FlvXL5XH7j6YeY8hzakpAsuBIpfvaap33NWIpzhur77GhrFWX+xzamF/aljtbmdGNVrIABgwe4YDA=="
            ),
            (
                11, "AwsAAMhTrQ8M0rYZrqks7sT9VqJNZJnVhM55JX5Fz9gTm2Cn",
                "MrJnYTGNDzeVB2PVoEpjxj9mB2cU5gDMmagWlqyYrnYaW2O8id6hOwKiP5NeAikUJD4ddwYMHmbzamw7KMUACA=="
            ),
        ] as [(UInt8, String, String)])
    func subaccountTokens(rights: UInt8, token: String, signature: String) {
        let made = SubaccountToken(.group, .init(rawValue: rights), for: Self.member.publicKey)
        #expect(Base64.encode(made.bytes) == token)
        #expect(SubaccountToken(bytes: made.bytes) == made)
        #expect(SubaccountToken(bytes: made.bytes + [0]) == nil)
        #expect(Base64.encode(Self.group.sign(made.bytes)) == signature)
    }
}
