import SessionInterfaces
import SessionSwarm

/// From an account to its swarm.
enum SwarmRunner {
    static func mapping(_ file: Vector, _ tally: Tally) throws {
        try tally.checkEach(file.space) { row in
            expect(SwarmMapping.position(of: try account(row.pubkey)) == (try row.space.unsigned), row)
        }
        for set in try file.choose.elements + [file.computed] {
            let ids = try swarmIDs(set)
            try tally.checkEach(set.cases) { try choice($0, among: ids) }
        }
        tally.check(file.computed.single_swarm) { try choice($0, among: try swarmIDs($0)) }
    }

    private static func swarmIDs(_ set: Vector) throws -> [SwarmID] {
        try set.swarm_ids.elements.map { SwarmID(rawValue: try $0.unsigned) }.sorted()
    }

    private static func choice(_ row: Vector, among ids: [SwarmID]) throws {
        let account = try account(row.pubkey)
        let chosen = SwarmMapping.swarm(of: account, among: ids)
        expect(chosen?.rawValue == (try row.swarm_id.unsigned), row)
        if row.space.isPresent { expect(SwarmMapping.position(of: account) == (try row.space.unsigned), row) }
        if row.swarm_id_hex.isPresent { try expect(chosen?.hex ?? "", equals: row.swarm_id_hex) }
    }

    /// The prefix does not matter to the mapping: vectors with one that names no account are read with another.
    private static func account(_ vector: Vector) throws -> AccountID {
        let bytes = try vector.bytes
        guard let key = Bytes32(bytes.dropFirst()) else { throw vector.notUnderstood("33 bytes") }
        return AccountID(prefix: AccountID.Prefix(rawValue: bytes[0]) ?? .standard, key: key)
    }
}
