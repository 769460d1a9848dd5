<?xml version="1.0" encoding="UTF-8"?>
<!-- The list of the licences, from the software bill of materials. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:bom="http://cyclonedx.org/schema/bom/1.6">
  <xsl:output method="text" encoding="UTF-8"/>

  <xsl:template match="/">
    <xsl:text>Countersign is licensed under Apache-2.0: see LICENSE. It comes with these libraries of others,&#10;</xsl:text>
    <xsl:text>each under a licence of its own. Most jars hold its text.&#10;</xsl:text>
    <xsl:for-each select="/bom:bom/bom:components/bom:component[bom:group != 'dev.countersign']">
      <xsl:sort select="concat(bom:group, ':', bom:name)"/>
      <xsl:text>&#10;</xsl:text>
      <xsl:value-of select="concat(bom:group, ':', bom:name, ' ', bom:version, '&#10;')"/>
      <xsl:for-each select="bom:licenses/bom:license | bom:licenses/bom:expression">
        <xsl:text>  </xsl:text>
        <xsl:choose>
          <xsl:when test="self::bom:expression"><xsl:value-of select="."/></xsl:when>
          <xsl:when test="bom:id"><xsl:value-of select="bom:id"/></xsl:when>
          <xsl:otherwise><xsl:value-of select="bom:name"/></xsl:otherwise>
        </xsl:choose>
        <xsl:if test="bom:url"><xsl:value-of select="concat('  ', bom:url)"/></xsl:if>
        <xsl:text>&#10;</xsl:text>
      </xsl:for-each>
      <xsl:if test="not(bom:licenses)">
        <xsl:message terminate="yes">A library without a licence: <xsl:value-of select="bom:name"/></xsl:message>
      </xsl:if>
    </xsl:for-each>
  </xsl:template>
</xsl:stylesheet>
