import SessionInterfaces
import Testing

@_spi(Simulation) @testable import SessionOnionPath

struct PathSelectionTests {
    @Test(arguments: 1...5, 0..<20)
    func nodesAreDistinctAndOutsideTheExcluded(length: Int, seed: Int) throws {
        let pool = ServiceNode.several(12)
        var generator = SeededRandom(seed: UInt64(seed)).generator
        let excluded = Set(pool.prefix(4).keys)
        let nodes = try #require(
            PathSelection(length: length, separatesSubnets: true)
                .choose(from: pool, without: excluded, using: &generator))
        #expect(Set(nodes).count == length)
        #expect(excluded.isDisjoint(with: nodes.keys))
    }

    @Test(arguments: 0..<20)
    func subnetsAreSeparatedWhereTheRuleHolds(seed: Int) throws {
        let pool = ServiceNode.crowded(9, perSubnet: 3)
        var generator = SeededRandom(seed: UInt64(seed)).generator
        let nodes = try #require(
            PathSelection(length: 3, separatesSubnets: true).choose(from: pool, using: &generator))
        #expect(Set(nodes.map(\.address.subnet24)).count == 3)
        #expect(PathSelection(length: 4, separatesSubnets: true).choose(from: pool, using: &generator) == nil)
        #expect(PathSelection(length: 9, separatesSubnets: false).choose(from: pool, using: &generator) != nil)
    }

    @Test func otherPathsKeepTheirNodesAndSubnets() {
        let pool = ServiceNode.crowded(8, perSubnet: 2)
        var generator = SeededRandom(seed: 1).generator
        let strict = PathSelection(length: 3, separatesSubnets: true)
        let nodes = strict.choose(from: pool, apartFrom: [pool[0]], using: &generator)
        #expect(nodes?.contains { $0.address.subnet24 == pool[0].address.subnet24 } == false)
        #expect(strict.choose(from: pool, apartFrom: [pool[0], pool[2]], using: &generator) == nil)
        let loose = PathSelection(length: 7, separatesSubnets: false)
        #expect(loose.choose(from: pool, apartFrom: [pool[0]], using: &generator)?.contains(pool[0]) == false)
    }

    @Test(arguments: 0..<20)
    func disfavouredNodesAreTheLastResort(seed: Int) throws {
        let pool = ServiceNode.several(6)
        var generator = SeededRandom(seed: UInt64(seed)).generator
        let disfavoured = Set(pool.prefix(3).keys)
        let selection = PathSelection(length: 3, separatesSubnets: false)
        let nodes = try #require(selection.choose(from: pool, disfavouring: disfavoured, using: &generator))
        #expect(disfavoured.isDisjoint(with: nodes.keys))
        let four = try #require(
            PathSelection(length: 4, separatesSubnets: false)
                .choose(from: pool, disfavouring: disfavoured, using: &generator))
        #expect(four.keys.count { disfavoured.contains($0) } == 1)
    }

    @Test func fixedNodesComeFirst() throws {
        let pool = ServiceNode.several(5)
        var generator = SeededRandom(seed: 1).generator
        let nodes = try #require(
            PathSelection(length: 3, separatesSubnets: true)
                .choose(from: pool, keeping: [pool[2]], using: &generator))
        #expect(nodes.first == pool[2])
        #expect(Set(nodes).count == 3)
    }

    @Test func nodesWithoutAddressOrPortAndRepetitionsAreLeftOut() {
        let good = ServiceNode.several(2)
        let bad = [(IPv4Address(value: 0), good[0].httpsPort), (good[0].address, 0)].map { address, port in
            ServiceNode(
                ed25519Key: Ed25519PublicKey(Bytes32()), x25519Key: good[0].x25519Key, address: address,
                httpsPort: port, omqPort: 0, version: good[0].version, swarmID: good[0].swarmID)
        }
        var generator = SeededRandom(seed: 1).generator
        let selection = PathSelection(length: 3, separatesSubnets: false)
        #expect(selection.choose(from: good + bad + good, using: &generator) == nil)
    }
}
